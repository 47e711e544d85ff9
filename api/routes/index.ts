/** The routes below `/api/v1`, one file for each resource. */
import type { Routes } from '../context.ts';
import { assetRoutes } from './assets.ts';
import { conversationRoutes } from './conversations.ts';

export const ROUTES: readonly Routes[] = [assetRoutes, conversationRoutes];
