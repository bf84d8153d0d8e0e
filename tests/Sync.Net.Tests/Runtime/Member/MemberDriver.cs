using Sync.Net.Coordination;
using Sync.Net.Runtime.Member;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Member;

/// <summary>Drives a member's machine in virtual time, and keeps what it wanted done as short lines.</summary>
internal sealed class MemberDriver
{
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    private readonly MemberMachine _machine;
    private readonly List<string> _did = [];

    public MemberDriver(Func<double>? random = null) => _machine = new MemberMachine(
        new MemberMachineOptions { Where = "db1:11922", ReconnectWindow = Window }, random ?? (static () => 0.5));

    public TimeSpan Now { get; private set; }

    public TimeSpan? NextTick => _machine.NextTick;

    /// <summary>When each attempt was asked for.</summary>
    public List<TimeSpan> Attempts { get; } = [];

    public static Term Term(int number) => new((uint)number, 0xABCD);

    /// <summary>A member with a seat, and nothing else.</summary>
    public static MemberDriver Seated()
    {
        var member = new MemberDriver();
        TestCall call = member.Enter("first");
        member.Seat();
        member.Answer(call, 0, Ends.Withdrawn);
        member.Forget();
        return member;
    }

    public TestCall Enter(string session, double? timeout = null, bool quiet = false, bool hosts = false) =>
        Start(new TestCall(CallKind.Enter, session, Seconds(timeout), quiet, hosts));

    /// <summary>Declares the group, and enters without waiting for the answer.</summary>
    public (TestCall Declaration, TestCall Enter) DeclareAndEnter(string session) => (
        Start(new TestCall(CallKind.Enter, "g", ask: new Ask(Act.Declare))),
        Start(new TestCall(CallKind.Enter, session, flags: EnterFlags.AfterDeclaration)));

    public TestCall Abort(string session) => Start(new TestCall(CallKind.Abort, session));

    public void Cancel(TestCall call) => Do(actions => _machine.Cancel(call.Call, Now, actions));

    public void Dispose(TestCall call) => Do(actions => _machine.Dispose(call.Call, Now, actions));

    public void Depart() => Do(actions => _machine.Depart(left: false, actions));

    public void Seat(int term = 1) => Do(actions => _machine.Seated(Term(term), Now, actions));

    public void Fail(AttemptFailureKind kind) => Do(actions => _machine.AttemptFailed(new AttemptFailure(kind, $"{kind}."), Now, actions));

    public void Refuse(RefuseReason reason) => Do(actions => _machine.Refused(reason, $"{reason}.", Now, actions));

    public void Close() => Do(actions => _machine.Closing(Now, actions));

    public void Down() => Do(actions => _machine.Down("the server's process ended", Now, actions));

    public void NeedRoster(TestCall call) => Do(actions => _machine.NeedRoster(call.Call.Request, actions));

    public void Answer(TestCall call, long generation, Outcome outcome) => Answer(call.Call.Request, generation, outcome);

    public void Answer(long request, long generation, Outcome outcome) =>
        Do(actions => _machine.Answered(request, generation, outcome, Now, actions));

    public void Decide(string session, long generation, Outcome outcome) =>
        Do(actions => _machine.Decided(new SessionKey(SessionKind.Barrier, session), generation, outcome, Now, actions));

    /// <summary>Time passes; the machine gets each tick that it wants, then.</summary>
    public void After(double seconds)
    {
        TimeSpan until = Now + TimeSpan.FromSeconds(seconds);
        for (int ticks = 0; _machine.NextTick <= until; ticks++)
        {
            Assert.True(ticks < 10_000, $"ticks without progress at {Now}");
            if (_machine.NextTick > Now) Now = _machine.NextTick.Value;
            Tick();
        }
        Now = until;
    }

    /// <summary>The runtime's timer is late: time passes without a tick.</summary>
    public void Later(double seconds) => Now += TimeSpan.FromSeconds(seconds);

    public void Tick() => Do(actions => _machine.Tick(Now, actions));

    /// <summary>Exactly this was asked for since the last look; the ends of calls apart.</summary>
    public void Did(params string[] lines)
    {
        Assert.Equal(lines, _did);
        _did.Clear();
    }

    public void Forget() => _did.Clear();

    private TestCall Start(TestCall call)
    {
        Do(actions => _machine.Start(call.Call, Now, actions));
        return call;
    }

    private void Do(Action<List<MemberAction>> step)
    {
        var actions = new List<MemberAction>();
        step(actions);
        foreach (MemberAction action in actions)
        {
            if (action.Kind == MemberActionKind.Attempt) Attempts.Add(Now);
            if (action.Kind == MemberActionKind.Complete) action.Call!.Complete(action.End!, false);
            else _did.Add(LineOf(action));
        }
    }

    private static string LineOf(in MemberAction action) => action.Kind switch
    {
        MemberActionKind.Attempt => action.Resume ? $"{action.Way} again" : $"{action.Way}",
        MemberActionKind.PostEnter => $"enter {action.Call!.Session.Name} as {action.Call.Request}{Expected(action.Call)}",
        MemberActionKind.PostAbort => $"abort {action.Call!.Session.Name} as {action.Call.Request}",
        MemberActionKind.PostWithdraw => $"withdraw {action.Withdraw.Request}: {action.Withdraw.Reason} after {Durations.Of(action.Withdraw.Waited)}",
        MemberActionKind.PostResumed => $"resume, next {action.Resumed.Next}, open [{string.Join(' ', action.Resumed.Open)}]",
        MemberActionKind.PostDepart => "goodbye",
        MemberActionKind.CloseLink => "close",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action.Kind, null),
    };

    private static string Expected(Call call) => call.ExpectedGeneration == 0 ? "" : $" for generation {call.ExpectedGeneration}";

    private static TimeSpan? Seconds(double? seconds) => seconds is { } s ? TimeSpan.FromSeconds(s) : null;
}
