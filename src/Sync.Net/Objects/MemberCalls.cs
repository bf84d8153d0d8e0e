using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sync.Net.Arguments;
using Sync.Net.Runtime.Handshake;
using Sync.Net.Runtime.Member;
using Sync.Net.Runtime.Server;
using Sync.Net.Texts;
using Sync.Net.Transport;
using Sync.Net.Wire;

namespace Sync.Net.Objects;

/// <summary>A member's calls, and how they end: what barriers, exchanges and groups have in common.</summary>
internal sealed class MemberCalls : IAsyncDisposable
{
    private readonly Type _owner;
    private readonly SyncServer? _given;
    private readonly Func<MemberPlan, MemberRuntime> _createRuntime;
    private readonly Participant _participant;
    private readonly GroupKey? _key;
    private readonly CallRecord? _record;
    private readonly ConcurrentDictionary<(string Master, Direction Direction), Route> _routes = [];

    public MemberCalls(Type owner, MemberId self, SyncOptions options, SyncServer? given)
    {
        _owner = owner;
        _given = given;
        _createRuntime = CreateRuntime;
        _participant = new Participant(owner);
        Self = self;
        Options = options;
        Logger = options.LoggerFactory?.CreateLogger("Sync.Net") ?? NullLogger.Instance;
        _key = options.Key is null ? null : GroupKey.From(options.Key);
        _record = CallRecord.Of(self, options, Logger);
    }

    public MemberId Self { get; }

    public ILogger Logger { get; }

    /// <summary>What the options say of every enter.</summary>
    public EnterFlags Flags =>
        (Options.ConfirmRelease ? EnterFlags.ConfirmRelease : 0)
        | (Options.WaitForReturn ? EnterFlags.WaitForReturn : 0)
        | (Options.IncludeArrivals ? EnterFlags.WantArrivals : 0);

    /// <summary>A copy of its own.</summary>
    public SyncOptions Options { get; }

    /// <summary>Why no call can be made any more; null while they can.</summary>
    public string? Lost { get; set; }

    /// <summary>Runs a call; null for a quiet one whose deadline came first, and for an abort.</summary>
    // Each layer of tasks costs a meeting something, so this one stands beside the next instead of on top of it.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<(Released Released, CallContext Context)?> RunAsync(SessionCall call, CancellationToken cancellationToken)
    {
        if (_record is { } record) return await RecordedAsync(record, call, cancellationToken).ConfigureAwait(false) is var (recorded, at) ? ((Released)recorded, at) : null;
        Route route = Begin(call, out long started);
        CallEnd end = await EndOfAsync(call, route, cancellationToken).ConfigureAwait(false);
        return JudgeAndRead(end, call, ContextOf(call, route, started), cancellationToken) is var (outcome, context) ? ((Released)outcome, context) : null;
    }

    /// <summary>Runs a call whose outcome may be another one than a release, but no failure.</summary>
    public Task<(Outcome Outcome, CallContext Context)?> RunForOutcomeAsync(SessionCall call, CancellationToken cancellationToken) =>
        _record is null ? JudgedAsync(call, cancellationToken) : RecordedAsync(_record, call, cancellationToken);

    /// <summary>Records a call with nobody else, for which no server is asked.</summary>
    public void RecordAlone(SessionCall call, long generation, Released released) =>
        _record?.Met(call, Options.TimeProvider.GetUtcNow(), TimeSpan.Zero, generation, released);

    /// <summary>All calls end here, but for those that only follow what becomes of the members.</summary>
    private async Task<(Outcome Outcome, CallContext Context)?> RecordedAsync(CallRecord record, SessionCall call, CancellationToken cancellationToken)
    {
        DateTimeOffset began = Options.TimeProvider.GetUtcNow();
        long started = Options.TimeProvider.GetTimestamp();
        try
        {
            (Outcome Outcome, CallContext Context)? end = await JudgedAsync(call, cancellationToken).ConfigureAwait(false);
            TimeSpan waited = Options.TimeProvider.GetElapsedTime(started);
            if (end is null && call.Abort is null) record.GaveUp(call, began, waited);
            else record.Met(call, began, waited, end?.Context.Generation ?? 0, end?.Outcome as Released);
            return end;
        }
        catch (Exception e)
        {
            record.Failed(call, began, Options.TimeProvider.GetElapsedTime(started), e);
            throw;
        }
    }

    private async Task<(Outcome Outcome, CallContext Context)?> JudgedAsync(SessionCall call, CancellationToken cancellationToken)
    {
        Route route = Begin(call, out long started);
        CallEnd end = await EndOfAsync(call, route, cancellationToken).ConfigureAwait(false);
        return JudgeAndRead(end, call, ContextOf(call, route, started), cancellationToken);
    }

    /// <summary>A value that can't be read is a failure of the call, although all met.</summary>
    private (Outcome Outcome, CallContext Context)? JudgeAndRead(CallEnd end, SessionCall call, CallContext context, CancellationToken cancellationToken)
    {
        (Outcome Outcome, CallContext Context)? judged = Judge(end, call, context, cancellationToken);
        if (judged is var (outcome, at) && call.Read is { } read) read((Released)outcome, at);
        return judged;
    }

    /// <summary>Runs a call to its end, whatever that is.</summary>
    public ValueTask<CallEnd> EndOfAsync(SessionCall call, CancellationToken cancellationToken) => EndOfAsync(call, RouteOf(call), cancellationToken);

    /// <summary>Begins a call of which <paramref name="ended"/> is told, on whatever thread, once the member has its connection.</summary>
    public void Follow(SessionCall call, Action<CallEnd> ended)
    {
        Route route = RouteOf(call);
        _participant.Follow(route.Plan, complete => Made(call, route, call.Timeout, complete), ended);
    }

    public void ThrowIfDisposed() => _participant.ThrowIfDisposed();

    /// <summary>The member leaves its group for good, or (<paramref name="isKilled"/>) ends without a word.</summary>
    public ValueTask LeaveAsync(bool isKilled = false) => _participant.LeaveAsync(isKilled);

    public ValueTask DisposeAsync() => _participant.DisposeAsync();

    private Route Begin(SessionCall call, out long started)
    {
        if (Lost is { } why) throw FailureMapper.ServerLost(new CallContext(Self.Text, call.Session), why);
        started = Options.TimeProvider.GetTimestamp();
        return RouteOf(call);
    }

    private CallContext ContextOf(SessionCall call, Route route, long started) => new(
        Self.Text, call.Session, 0, Options.TimeProvider.GetElapsedTime(started), route.Where, route.Master);

    private ValueTask<CallEnd> EndOfAsync(SessionCall call, Route route, CancellationToken cancellationToken) => _participant.RunAsync(
        route.Plan,
        _createRuntime,
        call.Timeout,
        (timeout, complete) => Made(call, route, timeout, complete),
        route.Plan.Direction == PlanDirection.Calls ? runtime => CallMembers(runtime, call.Roster) : null,
        cancellationToken);

    private static Call Made(SessionCall call, Route route, TimeSpan? timeout, Action<CallEnd, bool> complete) => new()
    {
        Kind = call.Abort is null ? CallKind.Enter : CallKind.Abort,
        Session = call.Session,
        Roster = call.Roster,
        Flags = call.Flags,
        Data = call.Data,
        Contract = call.Contract,
        From = call.From,
        Ask = call.Ask,
        Timeout = timeout,
        Quiet = call.Quiet,
        IsFollowed = call.IsFollowed,
        Hosts = route.Hosts,
        AbortReason = call.Abort ?? "",
        Repeated = call.Repeated is null ? null : Repeating(call.Repeated),
        Complete = complete,
    };

    // Elsewhere, because what it captures would be made for every call.
    private static Action<CallEnd, bool> Repeating(Action<CallEnd> repeated) => (end, _) => repeated(end);

    private Route RouteOf(SessionCall call)
    {
        (string, Direction) way = (call.Master, call.Direction);
        return _routes.TryGetValue(way, out Route? known)
            ? known
            : _routes.GetOrAdd(way, static (key, calls) => Route.Of(calls.Self, key.Master, key.Direction, calls.Options, calls._given), this);
    }

    private void CallMembers(MemberRuntime runtime, Roster roster)
    {
        ((CallingConnector)runtime.Connector).Call(roster.Members
            .Where(member => member != Self.Text)
            .Select(member => (member, Options.EndpointOf(member))));
    }

    private (Outcome, CallContext)? Judge(CallEnd end, SessionCall call, in CallContext context, CancellationToken cancellationToken)
    {
        switch (end)
        {
            case CallEnd.Answered(Released or Membership or Overview, var generation):
                return (((CallEnd.Answered)end).Outcome, context with { Generation = generation });
            case CallEnd.Answered(Withdrawn, _) when call.Abort is not null:
                return null;
            case CallEnd.Answered(Failed { Kind: SyncFailureKind.Timeout }, 0) when call.Quiet:
            case CallEnd.NeverReached when call.Quiet:
                return null;
            case CallEnd.Answered(Failed { Kind: SyncFailureKind.Payload, Culprit: null } own, _):
                throw FailureMapper.Payload(context, Self.Text, own.Reason!, "raise SyncLimits.MaxFrameBytes of the server and of all members");
            case CallEnd.Answered(Failed failed, var generation):
                throw FailureMapper.ToException(context with { Generation = generation }, failed);
            case CallEnd.Cancelled:
                throw new OperationCanceledException(cancellationToken);
            case CallEnd.Disposed:
                throw new ObjectDisposedException(_owner.Name);
            case CallEnd.AlreadyWaiting:
                throw new InvalidOperationException(
                    $"{Self.Text} waits in {call.Session.InText} already: a member waits once in a session at a time; use another name, or await the first call.");
            case CallEnd.NeverReached(var why):
                throw FailureMapper.Unreachable(context, why);
            case CallEnd.Refused(var why, { } reason):
                throw FailureMapper.Refused(context, reason, why);
            case CallEnd.Refused(var why, null):
                throw FailureMapper.Refused(context, why, hint: null);
            case CallEnd.Undecided(var why):
                throw FailureMapper.ServerLost(context, why);
            default:
                throw new InvalidOperationException($"A call ended in an unknown way: {end.GetType().Name}.");
        }
    }

    private MemberRuntime CreateRuntime(MemberPlan plan)
    {
        var settings = new ConnectorSettings(
            plan,
            new MemberSeat(Options.Role, Options.Incarnation ?? (Options.IsCommand ? default : Guid.NewGuid()), _key, Options.IsCommand ? Guid.NewGuid() : null),
            ServerSettings.From(HostingOptions(), Options.ListenEndpointOf(Self.Text)) with { Transport = plan.Transport },
            Options.Limits,
            Logger);
        IConnector connector = plan.Direction switch
        {
            PlanDirection.Called => new CalledConnector(settings),
            PlanDirection.Calls => new CallingConnector(settings, _given?.Shell),
            _ => new Connector(settings),
        };
        var machine = new MemberMachine(
            new MemberMachineOptions { Where = plan.Endpoint.ToString(), ReconnectWindow = Options.ReconnectWindow },
            (Options.Random ?? Random.Shared).NextDouble);
        return new MemberRuntime(machine, connector, plan.Time);
    }

    private SyncServerOptions HostingOptions() => new()
    {
        Key = Options.Key,
        AllowUnauthenticated = Options.AllowUnauthenticated,
        HeartbeatInterval = Options.HeartbeatInterval,
        HeartbeatTimeout = Options.HeartbeatTimeout,
        ReconnectWindow = Options.ReconnectWindow,
        Limits = Options.Limits,
        TimeProvider = Options.TimeProvider,
    };
}
