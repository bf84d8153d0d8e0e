using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Member;

internal sealed partial class MemberMachine
{
    private const int RememberedGenerations = 4096;

    /// <summary>A call begins.</summary>
    public void Start(Call call, TimeSpan now, List<MemberAction> actions)
    {
        if (call.IsExclusive && EnterIn(call.Session, abandoned: false) is not null)
        {
            actions.Add(new MemberAction(MemberActionKind.Complete, call, new CallEnd.AlreadyWaiting()));
            return;
        }
        call.Started = now;
        if (call.IsExclusive) call.Behind = EnterIn(call.Session, abandoned: true);
        _calls.Add(call);
        if (_state == LinkState.Up && call.Behind is null) Send(call, actions);
        else if (_state == LinkState.Idle) Attempt(actions);
        if (call.Timeout == TimeSpan.Zero && call.Sent) EndAtDeadline(call, now, actions);
    }

    /// <summary>The caller cancels: either the arrival is withdrawn or the outcome is reported; the coordinator decides.</summary>
    public void Cancel(Call call, TimeSpan now, List<MemberAction> actions)
    {
        if (!IsOpen(call) || call.Asked is not null) return;
        if (call.Sent) Ask(call, WithdrawReason.Cancelled, now, actions);
        else End(call, new CallEnd.Cancelled(), actions);
        RestIfIdle();
    }

    /// <summary>The owner goes: its calls end, the arrivals are withdrawn. What the caller cancelled before ends as cancelled.</summary>
    public void Dispose(Call call, TimeSpan now, List<MemberAction> actions)
    {
        if (!IsOpen(call) || call.Asked == WithdrawReason.Cancelled) return;
        if (call.Sent) Abandon(call, new CallEnd.Disposed(), now, actions);
        else End(call, new CallEnd.Disposed(), actions);
        RestIfIdle();
    }

    /// <summary>The member goes: nothing of it remains, and the link ends with a goodbye.</summary>
    public void Depart(bool left, List<MemberAction> actions)
    {
        foreach (Call call in _calls.ToArray())
        {
            End(call, call.Asked == WithdrawReason.Cancelled ? new CallEnd.Cancelled() : new CallEnd.Disposed(), actions);
        }
        actions.Add(new MemberAction(_state == LinkState.Up ? MemberActionKind.PostDepart : MemberActionKind.CloseLink, Left: left));
        _state = LinkState.Idle;
        _resumeUntil = null;
    }

    public void Answered(long request, long generation, Outcome outcome, TimeSpan now, List<MemberAction> actions)
    {
        if (!_sent.TryGetValue(request, out Call? call)) return;
        Learn(call.Session, generation, outcome);
        CallEnd end = outcome is Withdrawn && call.Kind == CallKind.Enter
            ? new CallEnd.Cancelled()
            : new CallEnd.Answered(outcome, generation);
        if (call.Ask?.Act == Act.Declare && outcome is Released) Declared(call);
        bool abandoned = call.Abandoned;
        End(call, end, actions);
        if (abandoned) PassOn(call, outcome, generation, now, actions);
        RestIfIdle();
    }

    private void Declared(Call declaration)
    {
        _declared = declaration;
        // Sent again, on another link, it stands on its own.
        foreach (Call call in _sent.Values) call.Flags &= ~EnterFlags.AfterDeclaration;
    }

    /// <summary>The outcome of a generation, for every enter that is open in the session.</summary>
    public void Decided(SessionKey session, long generation, Outcome outcome, TimeSpan now, List<MemberAction> actions)
    {
        // One as a rule, for which no copy is made.
        Call? only = null;
        foreach (Call call in _sent.Values)
        {
            if (!call.IsExclusive || call.Session != session) continue;
            if (only is not null)
            {
                AllDecided(session, generation, outcome, now, actions);
                return;
            }
            only = call;
        }
        if (only is not null) Answered(only.Request, generation, outcome, now, actions);
    }

    private void AllDecided(SessionKey session, long generation, Outcome outcome, TimeSpan now, List<MemberAction> actions)
    {
        foreach (Call call in _sent.Values.ToArray())
        {
            if (call.IsExclusive && call.Session == session) Answered(call.Request, generation, outcome, now, actions);
        }
    }

    public void NeedRoster(long request, List<MemberAction> actions)
    {
        if (_state == LinkState.Up && _sent.TryGetValue(request, out Call? call)) PostAgain(call, actions);
    }

    /// <summary>There is at most one of either sort: the next one waits behind an abandoned one.</summary>
    private Call? EnterIn(SessionKey session, bool abandoned)
    {
        foreach (Call call in _calls)
        {
            if (call.IsExclusive && call.Abandoned == abandoned && call.Session == session) return call;
        }
        return null;
    }

    private bool IsOpen(Call call) => !call.Abandoned && _calls.Contains(call);

    private void Send(Call call, List<MemberAction> actions)
    {
        call.Sent = true;
        call.Request = ++_lastRequest;
        _sent.Add(call.Request, call);
        call.ExpectedGeneration = call.Ask is null && _lastGenerations.TryGetValue(call.Session, out long last) ? last + 1 : 0;
        Post(call, actions);
    }

    private static void Post(Call call, List<MemberAction> actions) =>
        actions.Add(new MemberAction(call.Kind == CallKind.Enter ? MemberActionKind.PostEnter : MemberActionKind.PostAbort, call));

    /// <summary>A withdrawal goes along: the server could do nothing with the first one, if it got it at all.</summary>
    private static void PostAgain(Call call, List<MemberAction> actions)
    {
        Post(call, actions);
        if (call.Asked is not null) PostWithdraw(call, actions);
    }

    private void Ask(Call call, WithdrawReason reason, TimeSpan now, List<MemberAction> actions)
    {
        call.Asked = reason;
        call.AskedAt = now;
        if (_state == LinkState.Up) PostWithdraw(call, actions);
    }

    private static void PostWithdraw(Call call, List<MemberAction> actions) => actions.Add(new MemberAction(
        MemberActionKind.PostWithdraw,
        call,
        Withdraw: new Withdraw(0, call.Request, call.Asked!.Value, call.AskedAt - call.Started)));

    private void EndAtDeadline(Call call, TimeSpan now, List<MemberAction> actions)
    {
        if (call.Sent) Ask(call, call.Quiet ? WithdrawReason.GaveUpQuietly : WithdrawReason.TimedOut, now, actions);
        else if (call.Behind is not null) EndUndecided(call, "an earlier call in this session has not learned its outcome", now, actions);
        else End(call, new CallEnd.NeverReached(_lastTrouble), actions);
    }

    /// <summary>The caller gets its end now; the answer, if it ever comes, belongs to the next call in the session.</summary>
    private void EndUndecided(Call call, string why, TimeSpan now, List<MemberAction> actions)
    {
        if (call.Sent) Abandon(call, new CallEnd.Undecided(why), now, actions);
        else End(call, new CallEnd.Undecided(why), actions);
    }

    /// <summary>The arrival is taken back, now or on the next link to this server.</summary>
    private void Abandon(Call call, CallEnd end, TimeSpan now, List<MemberAction> actions)
    {
        if (call.Abandoned) return;
        if (call.Asked is null) Ask(call, WithdrawReason.Cancelled, now, actions);
        call.Abandoned = true;
        actions.Add(new MemberAction(MemberActionKind.Complete, call, end));
    }

    private void End(Call call, CallEnd end, List<MemberAction> actions)
    {
        _calls.Remove(call);
        if (call.Sent) _sent.Remove(call.Request);
        if (!call.Abandoned) actions.Add(new MemberAction(MemberActionKind.Complete, call, end));
    }

    /// <summary>The answer of an abandoned call: decided, it is the next call's; else that one may go.</summary>
    private void PassOn(Call abandoned, Outcome outcome, long generation, TimeSpan now, List<MemberAction> actions)
    {
        if (_calls.Find(call => call.Behind == abandoned) is not { } next) return;
        next.Behind = null;
        if (generation != 0) End(next, new CallEnd.Answered(outcome, generation), actions);
        else if (_state == LinkState.Up) Send(next, actions);
        if (next.Timeout == TimeSpan.Zero && next.Sent) EndAtDeadline(next, now, actions);
    }

    private void Learn(SessionKey session, long generation, Outcome outcome)
    {
        // In the other kinds a round may pass without a member that is none the worse for it.
        if (session.Kind > SessionKind.Data) return;
        if (_lastGenerations.Count >= RememberedGenerations) _lastGenerations.Clear();
        if (generation != 0) _lastGenerations[session] = generation;
        else if (outcome is Failed { Kind: SyncFailureKind.Mismatch }) _lastGenerations.Remove(session);
    }
}
