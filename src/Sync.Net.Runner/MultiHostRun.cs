using Microsoft.Extensions.Logging;
using Sync.Net.Runner.Engine;

namespace Sync.Net.Runner;

/// <summary>A run of several members on one host or many: starts them, gives them a group of their own, and tells what became of each.</summary>
/// <remarks>
/// Built piece by piece (Avocado's V5), then <see cref="RunAsync(Func{MemberResult, CancellationToken, ValueTask}?, CancellationToken)"/> once.
/// The group is closed: its roster is the members added before, unless <see cref="IsOpen"/>.
/// </remarks>
public sealed class MultiHostRun
{
    private readonly Lock _gate = new();
    private readonly List<RunMember> _members = [];
    private readonly List<MemberPlan> _plans = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private RunEngine? _engine;
    private bool _hasRun;

    /// <summary>Makes an empty run.</summary>
    /// <param name="name">Its name, for people, the results and the group.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public MultiHostRun(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>How long the whole run may take. Default null: as long as it takes.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>The folder that results are written to, made if it is missing; must be empty. Default null: none are written.</summary>
    public string? Folder { get; set; }

    /// <summary>Whether members may be added while it runs. Default false: the group is closed, and knows who is missing.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Where the runner's server listens. Default <c>127.0.0.1:0</c>: loopback, any free port.</summary>
    public string Listen { get; set; } = "127.0.0.1:0";

    /// <summary>What members are told as the server's host or endpoint, where that differs from <see cref="Listen"/>. Default null.</summary>
    public string? Advertise { get; set; }

    /// <summary>A server that runs already, instead of one of the runner's. Default null. Needs its <see cref="Key"/>, if it has one.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The member that hosts the server, instead of the runner. Default null. Its host is the text before <c>#</c> of its id.</summary>
    public string? Master { get; set; }

    /// <summary>The group's key. Default null: a fresh one is made for the run.</summary>
    public string? Key { get; set; }

    /// <summary>How long workers on other hosts go on after they lost the runner. Default 60 s.</summary>
    public TimeSpan LostRunnerTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Takes the log. Default null: no log.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Is told of everything that happens, in order, one at a time, as it happens. Default null.</summary>
    public Action<RunEvent>? Progress { get; set; }

    /// <summary>The members added so far.</summary>
    public IReadOnlyList<RunMember> Members
    {
        get
        {
            lock (_gate) return [.. _members];
        }
    }

    /// <summary>The clock and the timers of the run.</summary>
    internal TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Adds a member, or several alike; while the run goes on only if <see cref="IsOpen"/>.</summary>
    /// <param name="member">The member; copied, so that changing it later has no effect here.</param>
    /// <exception cref="ArgumentException">What it says can't be done; the text names it and the remedy.</exception>
    /// <exception cref="InvalidOperationException">The run goes on and is not open, or is over.</exception>
    public void Add(RunMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        lock (_gate)
        {
            if (_hasRun && (_engine is null || !IsOpen))
                throw new InvalidOperationException($"The run '{Name}' {(_engine is null ? "is over" : "goes on and is not open: set IsOpen before")}: member '{member.Id}' can't be added.");
            if (MemberCheck.FaultOf(member, _ids) is { } fault) throw new ArgumentException($"Member '{member.Id}' can't be added: {fault}", nameof(member));
            MemberPlan[] plans = [.. MemberPlan.Of(member)];
            if (_engine?.FaultOf(plans) is { } unreached) throw new ArgumentException($"Member '{member.Id}' can't be added: {unreached}", nameof(member));
            if (_engine?.TryAdd(plans) == false) throw new InvalidOperationException($"The run '{Name}' is over: member '{member.Id}' can't be added.");
            _members.Add(member);
            _plans.AddRange(plans);
            foreach (MemberPlan plan in plans) _ids.Add(plan.Id);
        }
    }

    /// <summary>Finds out whether it can be run as it is now; starts nothing. A run does so itself before anything starts.</summary>
    /// <exception cref="InvalidOperationException">The run can't start; the text names what and the remedy.</exception>
    public void Validate()
    {
        lock (_gate) Settings().Check(_plans);
    }

    /// <summary>Starts all members, waits until all have ended, and makes the total.</summary>
    /// <param name="cancellationToken">Interrupts the run: all members are ended.</param>
    /// <returns>What became of it; also when it failed.</returns>
    /// <exception cref="InvalidOperationException">The run can't start, or was run before; the text names what and the remedy.</exception>
    /// <exception cref="SyncException">The server's address can't be bound.</exception>
    public Task<RunResult> RunAsync(CancellationToken cancellationToken) => RunAsync(null, cancellationToken);

    /// <summary>As the other, and hands over each member's result as it comes: <see cref="MemberResult.ChangeVerdict"/> has a say in the total.</summary>
    /// <param name="onResult">Is called with each result, one at a time.</param>
    /// <param name="cancellationToken">Interrupts the run: all members are ended.</param>
    /// <returns>What became of it; also when it failed.</returns>
    /// <remarks>
    /// Each result is handed over once, when its member has ended; the next one waits for that call. A member that passed may yet be found at fault when another
    /// one misses it later, unless its verdict was changed. What <paramref name="onResult"/> throws ends the run, and is thrown from here.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The run can't start, or was run before; the text names what and the remedy.</exception>
    /// <exception cref="SyncException">The server's address can't be bound.</exception>
    public async Task<RunResult> RunAsync(Func<MemberResult, CancellationToken, ValueTask>? onResult = null, CancellationToken cancellationToken = default)
    {
        RunEngine engine;
        lock (_gate)
        {
            if (_hasRun) throw new InvalidOperationException($"The run '{Name}' was run already: make another one.");
            RunSettings settings = Settings();
            settings.Check(_plans);
            engine = _engine = new RunEngine(settings, _plans, onResult, cancellationToken);
            _hasRun = true;
        }
        try
        {
            return await engine.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            lock (_gate) _engine = null;
        }
    }

    private RunSettings Settings() => new()
    {
        Name = Name,
        Timeout = Timeout,
        Folder = Folder,
        IsOpen = IsOpen,
        Listen = Listen,
        Advertise = Advertise,
        Endpoint = Endpoint,
        Master = Master,
        Key = Key,
        LostRunnerTimeout = LostRunnerTimeout,
        LoggerFactory = LoggerFactory,
        Progress = Progress,
        TimeProvider = TimeProvider,
    };
}
