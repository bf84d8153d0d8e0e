using System.Text;
using Sync.Net.Coordination;
using Sync.Net.Runtime.Server;
using Sync.Net.Tests.Runtime.Server;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

/// <summary>
/// Drives a coordinator in virtual time as its shell would, and keeps what each member was told. The members named at
/// the start have joined, and are the roster unless a call names another.
/// </summary>
internal sealed partial class GroupDriver
{
    private readonly List<Effect> _effects = [];
    private readonly Dictionary<string, Seat> _seats = [];
    private readonly Dictionary<(string Member, Guid Incarnation, long Request), Wait> _waits = [];
    private readonly Dictionary<long, Guid> _joins = [];
    private readonly HashSet<string> _withholding = [];
    private readonly string _roster;
    private long _lastLink;
    private int _lastIncarnation;

    public GroupDriver(string members = "a b c", CoordinatorOptions? options = null)
        : this(members, options, new KeptClock(DateTimeOffset.UnixEpoch), new StoreBook())
    {
    }

    private GroupDriver(string members, CoordinatorOptions? options, KeptClock clock, StoreBook book)
    {
        _clock = clock;
        _book = book;
        _roster = members;
        Coordinator = new Coordinator(options ?? new CoordinatorOptions());
        foreach (string member in members.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Join(member);
    }

    public Coordinator Coordinator { get; }

    public TimeSpan Now { get; private set; }

    /// <summary>Every effect so far, in order.</summary>
    public List<Effect> History { get; } = [];

    /// <summary>Who was asked for a sign of life, in order.</summary>
    public IEnumerable<string> Probed => History.Where(e => e.Kind is EffectKind.Probe or EffectKind.Confirm).Select(e => e.Member);

    public IEnumerable<Effect> Evicted => History.Where(e => e.Kind == EffectKind.Evict);

    public Effect Refusal => Assert.Single(History, e => e.Kind == EffectKind.Refuse);

    public Wait Enter(string member, string session, string? roster = null, EnterFlags flags = default, long expected = 0) =>
        Enter(member, new SessionKey(SessionKind.Barrier, session), roster, flags, expected, null, null, null);

    public Wait Give(
        string member,
        string session,
        string? data,
        string? roster = null,
        EnterFlags flags = default,
        string? contract = null,
        string? from = null) =>
        Enter(member, new SessionKey(SessionKind.Data, session), roster, flags, 0, Bytes(data), contract, from);

    /// <summary>Asks something of a counted barrier, a board, the states or the group.</summary>
    public Wait Ask(string member, SessionKind kind, string session, Ask ask, string roster = "", EnterFlags flags = default, string? data = null, string? contract = null) =>
        Enter(member, new SessionKey(kind, session), roster, flags, 0, Bytes(data), contract, null, 0, ask);

    /// <summary>Members declare a group in the words of SYNC_NET_ROSTER and SYNC_NET_ROLES, such as a=client b or client*2; "" is an open one.</summary>
    public void Declare(string members, string group, bool oneWaitAtATime = false)
    {
        foreach (string member in members.Split(' '))
        {
            Wait declared = Enter(
                member, new SessionKey(SessionKind.Group, "g"), null, default, 0, null, null, null, 0, new Ask(Act.Declare, oneWaitAtATime ? 1 : 0), Lines(group));
            Assert.IsType<Released>(declared.Outcome);
        }
    }

    public static Roster Lines(string group) => group == "" ? Roster.Empty : Roster.Of(group.Split(' ').Select(each =>
        each.StartsWith('!') ? $"\t\t{each[1..]}" : each.Contains('*') ? $"\t{each.Replace('*', '\t')}" : each.Replace('=', '\t')));

    public Wait Abort(string member, string session, string reason, string? roster = null)
    {
        Wait wait = NewWait(member, new SessionKey(SessionKind.Barrier, session));
        Coordinator.Apply(new Abort(Seats(member).Link, wait.Request, wait.Session, RosterOf(roster), reason), Now, _effects);
        CarryOut();
        return wait;
    }

    public void Cancel(Wait wait) => Withdraw(wait, WithdrawReason.Cancelled);

    /// <summary>The member's own deadline passes, <paramref name="after"/> seconds from now.</summary>
    public void TimeOut(Wait wait, double after = 0) => Withdraw(wait, WithdrawReason.TimedOut, after);

    public void GiveUpQuietly(Wait wait) => Withdraw(wait, WithdrawReason.GaveUpQuietly);

    /// <summary>From here on the member's answers stay unacknowledged, as if they were still on their way.</summary>
    public void WithholdAcknowledgements(string member) => _withholding.Add(member);

    public void Acknowledge(Wait wait)
    {
        Coordinator.Apply(new Acknowledge(wait.Member, wait.Incarnation, wait.Request), Now, _effects);
        CarryOut();
    }

    public void Advance(double seconds)
    {
        TimeSpan until = Now + TimeSpan.FromSeconds(seconds);
        while (Coordinator.NextTick is { } due && due <= until)
        {
            Now = due;
            Coordinator.Tick(Now, _effects);
            CarryOut();
        }
        Now = until;
    }

    /// <summary>Sends the same request again, as a member does after a reconnect.</summary>
    public void Resend(Wait wait, string? roster = null, string? data = null)
    {
        bool keeps = wait.Session.Kind == SessionKind.Data;
        Coordinator.Apply(
            new Enter(Seats(wait.Member).Link, wait.Request, wait.Session, 0, default, RosterOf(roster), keeps ? Bytes(data) : null, null, null),
            Now,
            _effects);
        CarryOut();
    }

    public void Withdraw(Wait wait, WithdrawReason reason, double after = 0)
    {
        Advance(after);
        Coordinator.Apply(new Withdraw(Seats(wait.Member).Link, wait.Request, reason, TimeSpan.FromSeconds(after)), Now, _effects);
        CarryOut();
    }

    public Wait Enter(
        string member,
        SessionKey session,
        string? roster,
        EnterFlags flags,
        long expected,
        ReadOnlyMemory<byte>? data,
        string? contract,
        string? from,
        long request = 0,
        Ask? ask = null,
        Roster? lines = null)
    {
        Wait wait = NewWait(member, session, request);
        var enter = new Enter(
            Seats(member).Link, wait.Request, session, expected, flags, lines ?? RosterOf(roster), data, contract, from is null ? null : RosterOf(from), ask);
        Coordinator.Apply(enter, Now, _effects);
        CarryOut();
        return wait;
    }

    private Wait NewWait(string member, SessionKey session, long request = 0)
    {
        Seat seat = Seats(member);
        if (request == 0) request = ++seat.LastRequest;
        var wait = new Wait(member, seat.Incarnation, request, session);
        _waits.Add((member, seat.Incarnation, request), wait);
        return wait;
    }

    private void CarryOut()
    {
        Effect[] effects = [.. _effects];
        _effects.Clear();
        History.AddRange(effects);
        foreach (Effect effect in effects)
        {
            if (effect.Kind == EffectKind.Seat && !_commands.ContainsKey(effect.Link)) TakeSeat(effect.Link, effect.Member);
            if (effect.Kind == EffectKind.Answer) Answer(effect);
        }
    }

    private void Answer(in Effect effect)
    {
        Wait wait = _waits[(effect.Member, AgentOf(effect), effect.Request)];
        wait.Answers.Add((effect.Outcome!, effect.Generation));
        if (!_withholding.Contains(effect.Member)) Acknowledge(wait);
    }

    private Guid AgentOf(in Effect effect)
    {
        if (_commands.TryGetValue(effect.Link, out Guid command)) return command;
        Seat seat = Seats(effect.Member);
        Assert.Equal(seat.Link, effect.Link);
        return seat.Incarnation;
    }

    private void TakeSeat(long link, string member)
    {
        Guid incarnation = _joins[link];
        if (_seats.TryGetValue(member, out Seat? seat) && seat.Incarnation == incarnation) seat.Link = link;
        else _seats[member] = new Seat(link, incarnation);
    }

    private Seat Seats(string member) => _seats[member];

    private Roster RosterOf(string? names) => names == "" ? Roster.Empty : Roster.Of((names ?? _roster).Split(' '));

    private static ReadOnlyMemory<byte>? Bytes(string? text) => text is null ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(text);

    private sealed class Seat(long link, Guid incarnation)
    {
        public long Link { get; set; } = link;

        public Guid Incarnation { get; } = incarnation;

        public long LastRequest { get; set; }
    }
}
