using System.Collections.Concurrent;
using Sync.Net.Runner.Hosts;

namespace Sync.Net.Runner.Engine;

// How members are started.
internal sealed partial class RunEngine
{
    /// <summary>All that were started, for the case that the loop itself fails, as on a full disk.</summary>
    private readonly ConcurrentBag<Worker> _workers = [];

    private volatile bool _isAbandoned;

    private void Prepare(MemberRun member)
    {
        if (_ending is not null) Drop(member, _ending);
        else if (member.Plan.StartAfter is null) Start(member);
    }

    private void Start(MemberRun member)
    {
        member.Progress = Progress.Starting;
        Dictionary<string, string> environment = _place.EnvironmentOf(member);
        Record(member, environment);
        _folder?.Begin(member, environment);
        member.Output = new WorkerOutput(_folder?.OutputOf(member), (lines, isError, isFlood) => TakeLinesAsync(member, lines, isError, isFlood));
        if (member.Plan.Host is ElsewhereHost)
        {
            var awaited = new AwaitedWorker();
            Tell(new WorkerAwaited { At = Now, Member = member.Id, Line = AwaitedWorker.LineOf(environment) });
            OnStarted(member, awaited);
            _ = Task.Run(() => FollowAsync(member, awaited), CancellationToken.None);
            return;
        }
        _ = Task.Run(() => StartAsync(member, environment), CancellationToken.None);
    }

    private async Task StartAsync(MemberRun member, IReadOnlyDictionary<string, string> environment)
    {
        Worker worker;
        try
        {
            worker = member.Plan.Action is { } action
                ? ActionWorker.Start(ActionOptions(member), action, _clock)
                : await member.Plan.Host.StartAsync(Description(member, environment), member.Stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (member.Stop.IsCancellationRequested)
        {
            Post(() => OnExited(member, new WorkerEnd(null, null)));
            return;
        }
        catch (Exception e)
        {
            // Whatever a host throws is a fault of that host, and not of the run.
            Post(() => OnNotStarted(member, e is HostException ? e.Message : $"{e.GetType().Name}: {e.Message}"));
            return;
        }
        _workers.Add(worker);
        if (_isAbandoned)
        {
            await worker.DisposeAsync().ConfigureAwait(false);
            return;
        }
        Post(() => OnStarted(member, worker));
        await FollowAsync(member, worker).ConfigureAwait(false);
    }

    /// <summary>Whatever happened to the run, none of its processes is left.</summary>
    private async Task AbandonAsync()
    {
        _isAbandoned = true;
        foreach (MemberRun member in _members) await member.Stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_workers.Select(static worker => worker.DisposeAsync().AsTask())).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task FollowAsync(MemberRun member, Worker worker)
    {
        WorkerEnd end = await worker.Completion.ConfigureAwait(false);
        Post(() => OnExited(member, end));
    }

    private WorkerStart Description(MemberRun member, IReadOnlyDictionary<string, string> environment) => new()
    {
        Cookie = member.Cookie,
        Member = member.Id,
        Command = member.Plan.Command,
        Environment = environment,
        WorkingFolder = member.Plan.WorkingFolder,
        Files = member.Plan.Files,
        RecordFile = member.Plan.Host is SshHost ? member.RecordFile : null,
        LostRunnerTimeout = _run.LostRunnerTimeout,
        Output = member.Output!.WriteAsync,
    };

    private void OnStarted(MemberRun member, Worker worker)
    {
        member.Worker = worker;
        member.Progress = Progress.Running;
        member.Started = Now;
        Tell(new WorkerBegan { At = member.Started.Value, Member = member.Id });
        if (member.Ending is not null) Kill(member);
        else member.Timer = TimerOf(member.Plan.Timeout, () => OnMemberTimeout(member));
    }

    private void OnNotStarted(MemberRun member, string text)
    {
        member.Verdict = Verdict.Error;
        member.Reason = $"it was not started: {text.TrimEnd('.')}";
        Finish(member);
    }

    /// <summary>Lines count when the loop has taken them; until then the worker's output waits.</summary>
    private Task TakeLinesAsync(MemberRun member, IReadOnlyList<string> lines, bool isError, bool isFlood)
    {
        // Nobody reads them, but for the file, which has them already.
        if (isFlood && _run.Progress is null) return Task.CompletedTask;
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            if (isFlood) _folder?.Log.LeaveOut(member.Id);
            foreach (string line in lines) Tell(new WorkerLine { At = Now, Member = member.Id, Text = line, IsError = isError });
            taken.SetResult();
        });
        return taken.Task;
    }
}
