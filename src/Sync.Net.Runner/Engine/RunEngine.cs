using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sync.Net.Runner.Hosts;
using Sync.Net.Runner.Results;

namespace Sync.Net.Runner.Engine;

/// <summary>A run that goes on. Everything that happens is applied by one loop, in one order; what takes time runs beside it and reports back.</summary>
internal sealed partial class RunEngine
{
    /// <summary>Messages under this id tell results: <c>syncnet result</c>.</summary>
    public const string ResultId = "syncnet.result";

    private readonly RunSettings _run;
    private readonly Func<MemberResult, CancellationToken, ValueTask>? _onResult;
    private readonly CancellationToken _cancellation;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ResultsFolder? _folder;
    private readonly Channel<Action> _mailbox = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Channel<MemberRun> _results = Channel.CreateUnbounded<MemberRun>(new UnboundedChannelOptions { SingleReader = true });
    private readonly string _cookie = Guid.NewGuid().ToString("N");
    private readonly List<MemberRun> _members = [];
    private readonly Dictionary<string, MemberRun> _byId = new(StringComparer.Ordinal);
    private readonly WaitBook _waits = new();
    private readonly CallRecords _records;
    private readonly List<MemberChange> _changes = [];
    private readonly Lock _adding = new();
    private readonly List<MemberPlan> _added = [];
    private RunPlace _place = null!;
    private DateTimeOffset _started;
    private bool _isOver;

    /// <summary>Why all members are ended; null while they are not.</summary>
    private Ending? _ending;

    /// <summary>What the caller's own code threw when it was told of a result.</summary>
    private Exception? _callerFault;

    public RunEngine(
        RunSettings run, IReadOnlyList<MemberPlan> members, Func<MemberResult, CancellationToken, ValueTask>? onResult, CancellationToken cancellationToken)
    {
        _run = run;
        _onResult = onResult;
        _cancellation = cancellationToken;
        _clock = run.TimeProvider;
        _logger = run.LoggerFactory?.CreateLogger("Sync.Net.Runner") ?? NullLogger.Instance;
        _folder = run.Folder is null ? null : new ResultsFolder(run.Folder);
        _records = new CallRecords(_folder);
        foreach (MemberPlan member in members) Take(member);
    }

    private DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>Why members can't be added; null if they can.</summary>
    public string? FaultOf(IReadOnlyList<MemberPlan> members) => ReachCheck.FaultOf(_run, members);

    /// <summary>Adds a member while the run goes on; false when it is over.</summary>
    public bool TryAdd(IReadOnlyList<MemberPlan> members)
    {
        lock (_adding)
        {
            if (_isOver) return false;
            _added.AddRange(members);
        }
        Post(TakeAdded);
        return true;
    }

    public async Task<RunResult> RunAsync()
    {
        _started = Now;
        MemberPlan[] plans = [.. _members.Select(static member => member.Plan)];
        string group = GroupName();
        bool isOwn = _run.Endpoint is null && _run.Master is null;
        _place = isOwn
            ? await OwnPlace.StartAsync(_run, group, plans, seen => Post(() => OnSeen(seen))).ConfigureAwait(false)
            : new ForeignPlace(_run, group, plans, _run.Key ?? (_run.Endpoint is null ? OwnPlace.NewKey() : null));
        Task reporting = Task.Run(ReportAllAsync, CancellationToken.None);
        try
        {
            // If the runner is killed its workers on this machine end with it.
            Watchdog? watchdog = OperatingSystem.IsLinux() ? Watchdog.Start(_cookie, _clock) : null;
            try
            {
                await using (_place.ConfigureAwait(false)) await LoopAsync().ConfigureAwait(false);
            }
            finally
            {
                if (watchdog is not null) await watchdog.DisposeAsync().ConfigureAwait(false);
            }
            // The server has said its last word.
            while (_mailbox.Reader.TryRead(out Action? late)) late();
            return Conclude();
        }
        finally
        {
            await AbandonAsync().ConfigureAwait(false);
            _results.Writer.TryComplete();
            await reporting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _records.Remove();
            if (_folder is not null) await _folder.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Post(Action action) => _mailbox.Writer.TryWrite(action);

    private void Tell(RunEvent happened)
    {
        _folder?.Log.Write(happened);
        if (_run.Progress is null) return;
        try
        {
            _run.Progress(happened);
        }
        catch (Exception e)
        {
            Log.ProgressFailed(_logger, _run.Name, e);
        }
    }

    private void Begin()
    {
        Tell(new RunBegan { At = Now, Name = _run.Name, Endpoint = _place.Endpoint, Members = [.. _members.Select(static member => member.Id)] });
        foreach (MemberRun member in _members.ToArray()) Prepare(member);
        TryGates();
    }

    private async Task LoopAsync()
    {
        Begin();
        using CancellationTokenRegistration cancelled = _cancellation.UnsafeRegister(_ => Post(OnCancelled), null);
        using ITimer? timer = TimerOf(_run.Timeout, OnTimeout);
        while (!TryBeOver())
        {
            Action action = await _mailbox.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            action();
        }
    }

    /// <summary>All are done, and nobody can be added any more from here on.</summary>
    private bool TryBeOver()
    {
        if (_members.Exists(static member => member.Progress != Progress.Done)) return false;
        lock (_adding)
        {
            return _isOver = _added.Count == 0;
        }
    }

    private MemberRun Take(MemberPlan plan)
    {
        var member = new MemberRun(_members.Count + 1, plan, _cookie);
        _members.Add(member);
        _byId.Add(member.Id, member);
        return member;
    }

    private void TakeAdded()
    {
        MemberPlan[] added;
        lock (_adding)
        {
            added = [.. _added];
            _added.Clear();
        }
        foreach (MemberPlan plan in added) Prepare(Take(plan));
        TryGates();
    }

    private ITimer? TimerOf(TimeSpan? after, Action action) =>
        after is { } time ? _clock.CreateTimer(_ => Post(action), null, time, Timeout.InfiniteTimeSpan) : null;

    /// <summary>The run's name for people, and something that no other run has.</summary>
    private string GroupName()
    {
        string name = string.Concat(_run.Name.Where(static letter => !char.IsControl(letter)));
        // Up to 4 bytes a letter, of 256 that a group's name may have.
        if (name.Length > 50) name = name[..(char.IsHighSurrogate(name[49]) ? 49 : 50)];
        return $"{name}-{Guid.NewGuid().ToString("N")[..12]}";
    }
}
