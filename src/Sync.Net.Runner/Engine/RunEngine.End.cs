using Sync.Net.Runner.Hosts;

namespace Sync.Net.Runner.Engine;

// How members end, and are ended.
internal sealed partial class RunEngine
{
    private void OnCancelled() => EndAll(new Ending(Verdict.Interrupted, "the run was interrupted by its caller", IsByCaller: true));

    private void OnTimeout() => EndAll(new Ending(Verdict.Interrupted, $"the run's timeout of {Words.Of(_run.Timeout!.Value)} was over"));

    private void OnMemberTimeout(MemberRun member)
    {
        if (member.IsOver || member.Ending is not null) return;
        EndOne(member, new Ending(Verdict.Interrupted, $"its timeout of {Words.Of(member.Plan.Timeout!.Value)} was over"), _place.Waits());
    }

    private void EndAll(Ending ending)
    {
        if (_ending is not null) return;
        _ending = ending;
        IReadOnlyDictionary<string, WaitStatus> waits = _place.Waits();
        foreach (MemberRun member in _members.Where(static member => !member.IsOver && member.Ending is null).ToArray()) EndOne(member, ending, waits);
    }

    private void EndOne(MemberRun member, Ending ending, IReadOnlyDictionary<string, WaitStatus> waits)
    {
        if (member.Progress == Progress.Pending)
        {
            Drop(member, ending);
            return;
        }
        member.Ending = waits.TryGetValue(member.Id, out WaitStatus? wait)
            ? ending with { Text = $"{ending.Text} while it waited in {wait.Kind} '{wait.Session}' for {string.Join(", ", wait.Missing)}" }
            : ending;
        member.WaitedFor = wait?.Missing ?? [];
        if (member.Progress == Progress.Running) Kill(member);
        else member.Stop.Cancel();
    }

    private static void Kill(MemberRun member) => _ = Task.Run(member.Worker!.KillAsync, CancellationToken.None);

    /// <summary>It was not started, and never will be.</summary>
    private void Drop(MemberRun member, Ending ending)
    {
        member.Timer?.Dispose();
        member.Verdict = Verdict.Error;
        member.Share = FailureShare.NotReached;
        member.Reason = $"it was not started: {ending.Text}";
        member.Culprit = ending.Culprit;
        if (ending.IsByCaller) member.Verdict = Verdict.Interrupted;
        Finish(member);
    }

    private void OnExited(MemberRun member, WorkerEnd end)
    {
        if (member.IsOver) return;
        (member.Verdict, member.Reason) = Judge.Of(member, end);
        member.Culprit = member.Ending?.Culprit;
        // A worker that was ended from outside ended with whatever that gave it.
        if (member.Ending is null) (member.ExitCode, member.Signal) = (end.ExitCode, end.Signal);
        Finish(member);
    }

    /// <summary>The verdict is known; what follows from it is done beside the loop.</summary>
    private void Finish(MemberRun member)
    {
        member.Progress = Progress.Ending;
        member.Timer?.Dispose();
        if (member.Started is not null) member.Ended = Now;
        _ = Task.Run(() => FinishAsync(member, member.HasFailed ? member.Reason : null), CancellationToken.None);
    }

    private async Task FinishAsync(MemberRun member, string? failure)
    {
        IReadOnlyList<string> files = [];
        Recorded recorded = Recorded.None;
        string? fault = null;
        try
        {
            // First of all: who waits for it is to know at once.
            await _place.RetireAsync(member, failure).ConfigureAwait(false);
            if (member.Plan.Essential && failure is not null) Post(() => EndAll(Essential(member, failure)));
            if (member.Worker is { } worker)
            {
                recorded = await RecordedAsync(member, worker).ConfigureAwait(false);
                fault = recorded.Fault;
                if (_folder is not null && member.Plan.Collect.Count > 0)
                    files = await worker.CollectAsync(member.Plan.Collect, _folder.FilesOf(member), CancellationToken.None).ConfigureAwait(false);
                await worker.DisposeAsync().ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            fault ??= $"{e.GetType().Name}: {e.Message}";
        }
        if (member.Output is { } output)
        {
            await output.DisposeAsync().ConfigureAwait(false);
            fault ??= output.Fault;
        }
        await _place.FlushAsync().ConfigureAwait(false);
        Post(() => OnFinished(member, recorded, files, fault));
    }

    private static Ending Essential(MemberRun member, string failure) => new(
        Verdict.Interrupted, $"the run was over, because {member.Id} of the essential role {member.Plan.Role} failed ({failure})", member.Id);

    private void OnFinished(MemberRun member, Recorded recorded, IReadOnlyList<string> files, string? fault)
    {
        if (recorded.Waits.Count > 0) _waits.AddAll(recorded.Waits);
        member.Clock ??= recorded.Clock;
        member.Files = [.. files.Select(file => $"{member.Number}/files/{file}")];
        if (fault is not null && member.Verdict == Verdict.Pass)
        {
            member.Verdict = Verdict.Warn;
            member.Reason = $"what it left could not be brought in or removed: {fault}";
        }
        Judge.Blame(_members, _waits.All, _place.IsObserved);
        member.Result = Judge.ResultOf(member);
        member.ToldVerdict = member.Verdict;
        _folder?.End(member);
        Tell(new WorkerEnded { At = Now, Result = member.Result });
        _results.Writer.TryWrite(member);
        TryGates();
    }

    private async Task ReportAllAsync()
    {
        await foreach (MemberRun member in _results.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            try
            {
                if (_onResult is not null) await _onResult(member.Result!, _cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
            {
                // The run ends all the same, and says so.
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref _callerFault, e, null);
                Post(() => EndAll(new Ending(Verdict.Interrupted, "the caller's code failed when it was told of a result", IsByCaller: true)));
            }
            Post(() =>
            {
                member.Progress = Progress.Done;
                TryGates();
            });
        }
    }

    private RunResult Conclude()
    {
        if (_callerFault is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_callerFault);
        RunResult result = Judge.TotalOf(_run.Name, _place.Group, _started, Now, _members, _waits.All, _place.IsObserved, _changes, _ending);
        _folder?.Save(result);
        Tell(new RunEnded { At = result.Ended, Result = result });
        return result;
    }
}
