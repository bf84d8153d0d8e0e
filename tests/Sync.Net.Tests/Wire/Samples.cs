using Sync.Net.Wire;

namespace Sync.Net.Tests.Wire;

/// <summary>Every frame type, and each optional field present and absent.</summary>
internal static partial class Samples
{
    public static readonly Term Term = new(3, 0x1122334455667788);

    private static readonly SessionKey Barrier = new(SessionKind.Barrier, "server-up");
    private static readonly SessionKey Data = new(SessionKind.Data, "setup");
    private static readonly SessionKey Count = new(SessionKind.Count, "barrier");
    private static readonly SessionKey Board = new(SessionKind.Board, "ready");
    private static readonly SessionKey State = new(SessionKind.State, "states");
    private static readonly SessionKey Group = new(SessionKind.Group, "group");
    private static readonly Roster Two = Roster.Of(["web1", "db1"]);
    private static readonly Guid Incarnation = new("00112233-4455-6677-8899-aabbccddeeff");

    public static IReadOnlyList<Sample> All { get; } =
    [
        Sample.Of("hello without key", Term.None, new HelloFrame(
            1, 1, 0, "default", "db1", null, Incarnation, HelloFlags.None, default, default, null)),
        Sample.Of("hello with key", Term, new HelloFrame(
            1, 1, 5, "nightly", "web1#2", "client", Incarnation, HelloFlags.Resume, Ramp(8), Ramp(32), null)),
        Sample.Of("challenge", Term, new ChallengeFrame(1, 0, Ramp(32))),
        Sample.Of("proof", Term, new ProofFrame(Ramp(32))),
        Sample.Of("welcome without key", Term, new WelcomeFrame(
            1, 0, default, Seconds(2), Seconds(10), Seconds(5), 16 * 1024 * 1024)),
        Sample.Of("welcome with key", Term, new WelcomeFrame(
            1, 0, Ramp(32), Seconds(2), Seconds(10), Seconds(5), 16 * 1024 * 1024)),
        Sample.Of("refuse", Term, new RefuseFrame(RefuseReason.Duplicate, "'db1' is alive.")),
        Sample.Of("dial", Term.None, new DialFrame(1, 1, "default", "host-b:4000#1")),
        Sample.Of("carry", Term.None, new CarryFrame(1, 1)),

        Sample.Of("enter barrier", Term, new EnterFrame(
            1, 0, Barrier, 0, EnterFlags.None, Two.Hash, Two.Members, null, null, null, null)),
        Sample.Of("enter barrier known roster", Term, new EnterFrame(
            300, 299, Barrier, 7, EnterFlags.ConfirmRelease, Two.Hash, null, null, null, null, null)),
        Sample.Of("enter data", Term, new EnterFrame(
            2, 1, Data, 1, EnterFlags.WantArrivals | EnterFlags.WaitForReturn, Two.Hash, null, Ramp(3), "NodeInfo", ["db1"], null)),
        Sample.Of("enter data of no bytes", Term, new EnterFrame(
            2, 1, Data, 1, EnterFlags.None, Two.Hash, null, Ramp(0), "", null, null)),
        Sample.Of("enter barrier whole group", Term, new EnterFrame(
            1, 0, Barrier, 0, EnterFlags.Quiet | EnterFlags.WholeGroup, Roster.Empty.Hash, null, null, null, null, null)),
        .. Asks,
        Sample.Of("withdraw", Term, new WithdrawFrame(2, 1, WithdrawReason.TimedOut, TimeSpan.FromMilliseconds(120_000))),
        Sample.Of("abort", Term, new AbortFrame(4, 2, Barrier, Two.Hash, Two.Members, "disk full")),
        Sample.Of("abort known roster", Term, new AbortFrame(4, 2, Barrier, Two.Hash, null, "")),
        Sample.Of("resume", Term, new ResumeFrame(9, [6L, 8])),
        Sample.Of("resume with nothing open", Term, new ResumeFrame(1, [])),
        Sample.Of("need roster", Term, new NeedRosterFrame(9)),

        Sample.Of("answer released", Term, new AnswerFrame(1, Barrier, 7, new Released(
            2, "web1", [new("db1", Seconds(1.5)), new("web1", TimeSpan.Zero)], null, []))),
        Sample.Of("answer withdrawn", Term, new AnswerFrame(2, Barrier, 7, Withdrawn.Instance)),
        Sample.Of("answer failed", Term, new AnswerFrame(3, Data, 0, new Failed(
            SyncFailureKind.Refused, null, null, null, [], [], []))),
        Sample.Of("answer released with messages", Term, new AnswerFrame(6, Board, 0, new Released(
            1, null, null, Messages, []))),
        Sample.Of("answer membership", Term, new AnswerFrame(14, Group, 0, new Membership(300, Facts))),
        Sample.Of("answer overview", Term, new AnswerFrame(15, Group, 0, new Overview(Facts, [new(Barrier, "db1", Seconds(1.5), ["web1"], "web1 waits elsewhere")]))),
        Sample.Of("answer membership of nobody", Term, new AnswerFrame(14, Group, 0, new Membership(1, []))),
        Sample.Of("decision released with code", Term, new DecisionFrame(Count, 3, new Released(
            3,
            "c",
            [new("a", Seconds(2)), new("b", Seconds(1)), new("c", TimeSpan.Zero)],
            [new("a", null, null, 2), new("b", null, null, -1), new("c", null, null, -1)],
            [],
            239,
            ["a", "c"]))),
        Sample.Of("decision released with data", Term, new DecisionFrame(Data, 2, new Released(
            3,
            null,
            null,
            [new("a", Ramp(2), "NodeInfo"), new("b", Ramp(0), null), new("c", null, null)],
            [new LossFact("a", "connection reset", Seconds(4), "Data 'setup'"), new LossFact("b", "", Seconds(0), null)]))),
        Sample.Of("decision failed", Term, new DecisionFrame(Barrier, 8, new Failed(
            SyncFailureKind.Timeout,
            "web1",
            "2 of 4 arrived",
            "web2 waits in Barrier 'server_up'",
            ["a", "b", "web1", "web2"],
            ["a", "b"],
            Facts))),
        Sample.Of("part", Term, new PartFrame(Data, 2, [new("a", Ramp(2), "NodeInfo"), new("b", null, null)])),
        Sample.Of("part with messages", Term, new PartFrame(Board, 0, Messages)),

        Sample.Of("heartbeat", Term, new HeartbeatFrame(12)),
        Sample.Of("ping", Term, new PingFrame(70_000)),
        Sample.Of("pong", Term, new PongFrame(-1, 12, 1_700_000_000_000_000)),
        Sample.Of("goodbye absent", Term, new GoodbyeFrame(false, 12)),
        Sample.Of("goodbye left", Term, new GoodbyeFrame(true, 12)),
        Sample.Of("closing", Term, default(ClosingFrame)),
    ];

    public static IEnumerable<TheoryDataRow<string>> Names => All.Select(sample => new TheoryDataRow<string>(sample.Name));

    public static Sample Get(string name) => All.Single(sample => sample.Name == name);

    public static byte[] Ramp(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)i)];

    private static MemberFact[] Facts =>
    [
        new("web1", "client", MemberState.Away, Seconds(41), "Barrier 'disk-ready'"),
        new("web2", null, MemberState.Absent, null, null),
    ];

    private static Contribution[] Messages =>
    [
        new("db1", Ramp(2), "map", 1, Seconds(1.5), "server"),
        new("web1", null, null, 2, TimeSpan.Zero, null),
    ];

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
