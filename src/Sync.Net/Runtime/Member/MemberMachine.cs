using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Member;

/// <summary>
/// The pure state machine of one member: when to host, dial, resume and give up, what to send (again), and how each
/// call ends. Events and time in, actions out; no socket, task, lock or clock.
/// </summary>
/// <param name="options">The plan.</param>
/// <param name="random">Numbers in [0, 1) that spread the back-off.</param>
internal sealed partial class MemberMachine(MemberMachineOptions options, Func<double> random)
{
    /// <summary>In the order of their starts.</summary>
    private readonly List<Call> _calls = [];
    private readonly Dictionary<long, Call> _sent = [];
    private readonly Dictionary<SessionKey, long> _lastGenerations = [];

    /// <summary>The member's last declaration of its group: each new server needs it first.</summary>
    private Call? _declared;

    private LinkState _state = LinkState.Idle;
    private Term _term;
    private Way _way;
    private bool _portIsTaken;
    private TimeSpan _retryAt;
    private TimeSpan _backOff;
    private TimeSpan? _resumeUntil;
    private long _lastRequest;
    private string _lastTrouble = "no attempt has ended yet";

    private enum LinkState
    {
        /// <summary>No link, and no call that needs one.</summary>
        Idle,

        /// <summary>An attempt is under way.</summary>
        Attempting,

        /// <summary>Waiting for the next attempt.</summary>
        BackingOff,

        /// <summary>Seated.</summary>
        Up,
    }

    /// <summary>When the machine wants a tick although nothing happened; null while it waits for nothing.</summary>
    public TimeSpan? NextTick
    {
        get
        {
            TimeSpan? next = _state == LinkState.BackingOff ? _retryAt : null;
            if (_resumeUntil is { } until) next = Earlier(next, until);
            foreach (Call call in _calls)
            {
                if (call.Abandoned) continue;
                if (call.Asked is not null) next = Earlier(next, call.AskedAt + options.AnswerGrace);
                else if (DeadlineOf(call) is { } deadline) next = Earlier(next, deadline);
            }
            return next;
        }
    }

    /// <summary>The calls whose callers still wait.</summary>
    private IEnumerable<Call> Open => _calls.Where(call => !call.Abandoned);

    public void Tick(TimeSpan now, List<MemberAction> actions)
    {
        if (_resumeUntil <= now) GiveUpReturning(now, actions);
        foreach (Call call in Open.ToArray())
        {
            if (call.Asked is not null)
            {
                if (call.AskedAt + options.AnswerGrace <= now) EndUndecided(call, $"the server at {options.Where} did not answer within {Durations.Of(options.AnswerGrace)} of the {AskedBy(call)}", now, actions);
            }
            else if (DeadlineOf(call) <= now)
            {
                EndAtDeadline(call, now, actions);
            }
        }
        RestIfIdle();
        if (_state == LinkState.BackingOff && _retryAt <= now) Attempt(actions);
    }

    /// <summary>A zero timeout is judged after contributing, so the way to the server gets the grace of an answer.</summary>
    private TimeSpan? DeadlineOf(Call call) =>
        call.Timeout == TimeSpan.Zero && !call.Sent ? call.Started + options.AnswerGrace : call.Deadline;

    private static string AskedBy(Call call) => call.Asked == WithdrawReason.Cancelled ? "cancellation" : "deadline";

    private static TimeSpan Earlier(TimeSpan? a, TimeSpan b) => a is { } other && other < b ? other : b;
}
