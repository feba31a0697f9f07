import {
  type EnrollTokenRequest,
  type LoginRequest,
  type MapLosses,
  routes,
  type SessionInfo,
  type SetupRequest,
  type VcenterRequest,
  type Welcome,
} from '@lunwarden/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, tell } from './api.js';
import { fleetKey, tokensKey, welcomeKey } from './keys.js';

/** Everything that a page can change. What the stream does not tell is asked again afterwards. */

export function useEnter() {
  const cache = useQueryClient();
  const enter = (session: SessionInfo) =>
    cache.setQueryData<Welcome>(welcomeKey, (was) => was && { ...was, needsSetup: false, session });
  const login = useMutation({
    mutationFn: (body: LoginRequest) => ask(routes.login, routes.login.answers[200], { body }),
    onSuccess: enter,
  });
  const setup = useMutation({
    mutationFn: (body: SetupRequest) => ask(routes.setup, routes.setup.answers[201], { body }),
    onSuccess: enter,
  });
  return { login, setup };
}

export function useLogout() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => tell(routes.logout),
    onSuccess: () => {
      // Nothing of one person's view stays for the next one at this screen.
      cache.setQueryData<Welcome>(welcomeKey, (was) => was && { ...was, session: null });
      cache.removeQueries({ predicate: (query) => query.queryKey[0] !== welcomeKey[0] });
    },
  });
}

export function useTokenActions() {
  const cache = useQueryClient();
  const onSuccess = () => cache.invalidateQueries({ queryKey: tokensKey });
  const create = useMutation({
    mutationFn: (body: EnrollTokenRequest) =>
      ask(routes.createEnrollToken, routes.createEnrollToken.answers[201], { body }),
    onSuccess,
  });
  const revoke = useMutation({
    mutationFn: (id: string) => tell(routes.revokeEnrollToken, { params: { id } }),
    onSuccess,
  });
  return { create, revoke };
}

export function useVcenterActions() {
  const cache = useQueryClient();
  const onSuccess = () => cache.invalidateQueries({ queryKey: fleetKey });
  const probe = useMutation({
    mutationFn: (body: VcenterRequest) => ask(routes.probeVcenter, routes.probeVcenter.answers[200], { body }),
  });
  const add = useMutation({
    mutationFn: (body: VcenterRequest) => ask(routes.addVcenter, routes.addVcenter.answers[201], { body }),
    onSuccess,
  });
  const collect = useMutation({
    mutationFn: (id: string) => ask(routes.collectVcenter, routes.collectVcenter.answers[202], { params: { id } }),
    onSuccess,
  });
  const confirm = useMutation({
    mutationFn: ({ id, losses }: { id: string; losses: MapLosses }) =>
      ask(routes.confirmVcenter, routes.confirmVcenter.answers[202], { params: { id }, body: losses }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (id: string) => tell(routes.removeVcenter, { params: { id } }),
    onSuccess,
  });
  return { probe, add, collect, confirm, remove };
}
