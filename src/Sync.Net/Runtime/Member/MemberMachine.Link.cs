using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Member;

internal sealed partial class MemberMachine
{
    /// <summary>A link has the member's seat.</summary>
    public void Seated(Term term, TimeSpan now, List<MemberAction> actions)
    {
        bool sameServer = _term == term;
        if (!sameServer) ForgetServer($"the server at {options.Where} was started anew", actions);
        _term = term;
        _state = LinkState.Up;
        _backOff = default;
        _resumeUntil = null;
        _portIsTaken = false;
        if (sameServer) Resume(actions);
        else DeclareAgain(actions);
        foreach (Call call in _calls.ToArray())
        {
            if (!call.Sent && call.Behind is null) Send(call, actions);
            if (call.Timeout == TimeSpan.Zero && call.Sent && call.Asked is null) EndAtDeadline(call, now, actions);
        }
    }

    /// <summary>An attempt failed before the member had the seat.</summary>
    public void AttemptFailed(AttemptFailure failure, TimeSpan now, List<MemberAction> actions)
    {
        if (_state != LinkState.Attempting) return;
        _lastTrouble = failure.Text;
        if (failure.Kind == AttemptFailureKind.Fatal || (failure.Kind == AttemptFailureKind.Silent && _portIsTaken))
        {
            RefuseAll(null, failure.Text, now, actions);
            return;
        }
        if (failure.Kind == AttemptFailureKind.NothingListens)
        {
            ForgetServer(failure.Text, actions);
            StopReturning(actions);
        }
        // Somebody else has the port: if it is a server of this key, it is shared.
        _portIsTaken = _way == Way.Host && failure.Kind == AttemptFailureKind.InUse;
        if (_portIsTaken) Attempt(actions);
        else BackOff(now);
        RestIfIdle();
    }

    /// <summary>The seat is refused, or was taken back.</summary>
    public void Refused(RefuseReason reason, string text, TimeSpan now, List<MemberAction> actions)
    {
        _lastTrouble = text;
        if (reason != RefuseReason.Closing)
        {
            RefuseAll(reason, text, now, actions);
            return;
        }
        BackOff(now);
        RestIfIdle();
    }

    /// <summary>The server stops in good order: what is open was withdrawn, and all start over at the election.</summary>
    public void Closing(TimeSpan now, List<MemberAction> actions)
    {
        _lastTrouble = $"the server at {options.Where} stopped in good order";
        foreach (Call call in _calls.ToArray())
        {
            if (call.Sent) _sent.Remove(call.Request);
            call.Sent = false;
            call.Behind = null;
            if (call.Abandoned) End(call, new CallEnd.Cancelled(), actions);
            else if (call.Asked == WithdrawReason.Cancelled) End(call, new CallEnd.Cancelled(), actions);
            else if (call.Asked is not null) End(call, new CallEnd.NeverReached(_lastTrouble), actions);
        }
        _lastGenerations.Clear();
        _resumeUntil = null;
        if (_state == LinkState.Up) BackOff(now);
        RestIfIdle();
    }

    /// <summary>
    /// The link ended, or is silent for too long, without a word from the server: it may be there yet (the network
    /// broke, it cut a slow reader off), so try to resume; a port where nothing listens ends that at once.
    /// </summary>
    public void Down(string reason, TimeSpan now, List<MemberAction> actions)
    {
        if (_state != LinkState.Up) return;
        _lastTrouble = reason;
        _resumeUntil = now + options.ReconnectWindow;
        Attempt(actions);
    }

    private void DeclareAgain(List<MemberAction> actions)
    {
        if (_declared is not { } former) return;
        var again = new Call
        {
            Kind = CallKind.Enter,
            Session = former.Session,
            Roster = former.Roster,
            Ask = former.Ask,
            Repeated = former.Repeated,
            Complete = former.Repeated ?? (static (_, _) => { }),
        };
        _calls.Insert(0, again);
        Send(again, actions);
    }

    /// <summary>After a reconnect within a term: name what is open, then send exactly that again.</summary>
    private void Resume(List<MemberAction> actions)
    {
        Call[] open = [.. _sent.Values.OrderBy(call => call.Request)];
        actions.Add(new MemberAction(
            MemberActionKind.PostResumed,
            Resumed: new Resumed(0, _lastRequest + 1, Array.ConvertAll(open, call => call.Request))));
        foreach (Call call in open) PostAgain(call, actions);
    }

    /// <summary>The callers have waited long enough for the server; should it be back later, it is told so.</summary>
    private void GiveUpReturning(TimeSpan now, List<MemberAction> actions)
    {
        string why = $"it was silent, and not to be reached again within the reconnect window of {Durations.Of(options.ReconnectWindow)}";
        foreach (Call call in _sent.Values.ToArray()) EndUndecided(call, why, now, actions);
        StopReturning(actions);
    }

    private void StopReturning(List<MemberAction> actions)
    {
        if (_resumeUntil is null) return;
        _resumeUntil = null;
        actions.Add(new MemberAction(MemberActionKind.CloseLink));
    }

    /// <summary>Whatever was sent to that term of the server can't be learned any more.</summary>
    private void ForgetServer(string why, List<MemberAction> actions)
    {
        foreach (Call call in _calls.ToArray())
        {
            call.Behind = null;
            if (call.Sent) End(call, new CallEnd.Undecided(why), actions);
        }
        _lastGenerations.Clear();
    }

    private void RefuseAll(RefuseReason? reason, string why, TimeSpan now, List<MemberAction> actions)
    {
        _state = LinkState.Idle;
        _resumeUntil = null;
        _portIsTaken = false;
        foreach (Call call in _calls.ToArray())
        {
            if (call.Sent) EndUndecided(call, why, now, actions);
            else End(call, new CallEnd.Refused(why, reason), actions);
        }
        actions.Add(new MemberAction(MemberActionKind.CloseLink));
    }

    private void Attempt(List<MemberAction> actions)
    {
        _state = LinkState.Attempting;
        bool hosts = _resumeUntil is null && !_portIsTaken && Open.Any(call => call.Hosts);
        _way = hosts ? Way.Host : Way.Dial;
        actions.Add(new MemberAction(MemberActionKind.Attempt, Way: _way, Resume: _resumeUntil is not null));
    }

    private void BackOff(TimeSpan now)
    {
        _backOff = _backOff == default ? options.FirstBackOff : _backOff * 2;
        if (_backOff > options.LongestBackOff) _backOff = options.LongestBackOff;
        _state = LinkState.BackingOff;
        _retryAt = now + (_backOff * (0.5 + (random() / 2)));
    }

    /// <summary>Without a call and without a server to return to, there is nothing to try for.</summary>
    private void RestIfIdle()
    {
        if (_state == LinkState.BackingOff && _resumeUntil is null && !Open.Any()) _state = LinkState.Idle;
    }
}
