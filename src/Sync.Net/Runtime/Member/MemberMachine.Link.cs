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
        foreach (Call call in _calls.Values.ToArray())
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
            RefuseAll(null, failure.Text, actions);
            return;
        }
        if (_resumeUntil is not null && failure.Kind == AttemptFailureKind.NothingListens)
        {
            GiveUpTheServer(failure.Text, actions);
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
            RefuseAll(reason, text, actions);
            return;
        }
        BackOff(now);
        RestIfIdle();
    }

    /// <summary>The server stops in good order: what is open was withdrawn, and all start over at the election.</summary>
    public void Closing(TimeSpan now, List<MemberAction> actions)
    {
        _lastTrouble = $"the server at {options.Where} stopped in good order";
        foreach (Call call in _calls.Values.ToArray())
        {
            if (call.Sent) _sent.Remove(call.Request);
            call.Sent = false;
            call.Behind = null;
            if (call.Abandoned) End(call, new CallEnd.Cancelled(), actions);
            else if (call.Asked == WithdrawReason.Cancelled) End(call, new CallEnd.Cancelled(), actions);
            else if (call.Asked is not null) End(call, new CallEnd.NeverReached(_lastTrouble), actions);
        }
        LoseLink();
        BackOff(now);
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

    /// <summary>After a reconnect within a term: name what is open, then send exactly that again.</summary>
    private void Resume(List<MemberAction> actions)
    {
        Call[] open = [.. _sent.Values.OrderBy(call => call.Request)];
        actions.Add(new MemberAction(
            MemberActionKind.PostResumed,
            Resumed: new Resumed(0, _lastRequest + 1, Array.ConvertAll(open, call => call.Request))));
        foreach (Call call in open) PostAgain(call, actions);
    }

    private void GiveUpTheServer(string why, List<MemberAction> actions)
    {
        ForgetServer(why, actions);
        _resumeUntil = null;
        actions.Add(new MemberAction(MemberActionKind.CloseLink));
    }

    /// <summary>Whatever was sent to that term of the server can't be learned any more.</summary>
    private void ForgetServer(string why, List<MemberAction> actions)
    {
        foreach (Call call in _calls.Values.ToArray())
        {
            call.Behind = null;
            if (call.Sent) End(call, new CallEnd.Undecided(why), actions);
        }
        LoseLink();
    }

    private void LoseLink()
    {
        _term = Term.None;
        _lastGenerations.Clear();
        _portIsTaken = false;
    }

    private void RefuseAll(RefuseReason? reason, string why, List<MemberAction> actions)
    {
        foreach (Call call in _calls.Values.ToArray())
        {
            End(call, call.Sent ? new CallEnd.Undecided(why) : new CallEnd.Refused(why, reason), actions);
        }
        LoseLink();
        _resumeUntil = null;
        _state = LinkState.Idle;
        actions.Add(new MemberAction(MemberActionKind.CloseLink));
    }

    private void Attempt(List<MemberAction> actions)
    {
        _state = LinkState.Attempting;
        bool hosts = _resumeUntil is null && !_portIsTaken && _calls.Values.Any(call => call.Hosts);
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
        if (_state == LinkState.BackingOff && _calls.Count == 0 && _resumeUntil is null) _state = LinkState.Idle;
    }
}
