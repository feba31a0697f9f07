import { z } from 'zod';
import {
  EnrollTokenCreated,
  EnrollTokenInfo,
  EnrollTokenRequest,
  LoginRequest,
  SessionInfo,
  SetupRequest,
  Welcome,
} from '../access.js';
import { Text } from '../text.js';
import { id } from './params.js';
import type { Route } from './route.js';

/** Signing in, tokens, and what everybody may ask. */
export const accessRoutes = {
  health: {
    method: 'GET',
    path: '/api/v1/health',
    permission: 'public',
    summary: 'Is the process up and does its database answer',
    answers: { 200: z.strictObject({ status: z.enum(['ok', 'starting', 'down']), version: Text(32) }) },
  },
  openapi: {
    method: 'GET',
    path: '/api/v1/openapi.json',
    permission: 'public',
    summary: 'This document',
    answers: { 200: z.record(z.string(), z.unknown()) },
  },
  welcome: {
    method: 'GET',
    path: '/api/v1/welcome',
    permission: 'public',
    summary: 'Whether a first administrator is needed, and who is signed in',
    answers: { 200: Welcome },
  },
  setup: {
    method: 'POST',
    path: '/api/v1/setup',
    permission: 'setup',
    summary: 'Make the first administrator with the one-time code',
    body: SetupRequest,
    answers: { 201: SessionInfo },
  },
  login: {
    method: 'POST',
    path: '/api/v1/login',
    permission: 'public',
    summary: 'Sign in',
    body: LoginRequest,
    answers: { 200: SessionInfo },
  },
  logout: {
    method: 'POST',
    path: '/api/v1/logout',
    permission: 'fleet:read',
    summary: 'Sign out',
    answers: { 204: null },
  },
  listEnrollTokens: {
    method: 'GET',
    path: '/api/v1/enroll-tokens',
    permission: 'enroll:write',
    summary: 'Enrolment tokens, without their secret',
    answers: { 200: z.array(EnrollTokenInfo) },
  },
  createEnrollToken: {
    method: 'POST',
    path: '/api/v1/enroll-tokens',
    permission: 'enroll:write',
    summary: 'Make an enrolment token; it is shown once',
    body: EnrollTokenRequest,
    answers: { 201: EnrollTokenCreated },
  },
  revokeEnrollToken: {
    method: 'DELETE',
    path: '/api/v1/enroll-tokens/:id',
    permission: 'enroll:write',
    summary: 'Revoke an enrolment token',
    params: id,
    answers: { 204: null },
  },
} as const satisfies Record<string, Route>;
