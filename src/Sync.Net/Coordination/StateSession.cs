using Sync.Net.Wire;

namespace Sync.Net.Coordination;

internal sealed class StateSession(SessionKey key, IGroup group) : Session(key, group)
{
    public override bool IsIdle => true;

    public override IReadOnlyList<string> LackedBy(Request request) => [];

    public override void Enter(Member member, Request request, in Enter enter, Turn turn) => throw new NotSupportedException();

    public override void Withdraw(Member member, Request request, WithdrawReason reason, TimeSpan waited, Turn turn) =>
        throw new NotSupportedException();

    public override void EndAll(SyncFailureKind kind, string? culprit, string? reason, Turn turn) => throw new NotSupportedException();
}
