namespace Sync.Net.Cli.Bench;

/// <summary>Starts the processes of this host's members, lets them go at once, and collects what they measured.</summary>
internal sealed class BenchRun(BenchPlan plan)
{
    /// <summary>When one process died, the others learn from the server that its members were lost, which says more than an exit code.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <exception cref="BenchFailedException">A round failed, or a process died.</exception>
    public async Task<BenchTold[]> RunAsync(CancellationToken cancellationToken)
    {
        List<BenchProcess> processes = [];
        try
        {
            for (int number = 0; number < plan.Processes; number++) processes.Add(await BenchProcess.StartAsync(plan, number));
            foreach (BenchProcess process in processes) await process.ExpectReadyAsync(cancellationToken);
            foreach (BenchProcess process in processes) await process.GoAsync();
            return await CollectAsync(processes, cancellationToken);
        }
        finally
        {
            foreach (BenchProcess process in processes) process.Dispose();
        }
    }

    private static async Task<BenchTold[]> CollectAsync(List<BenchProcess> processes, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<BenchTold>[] ends = [.. processes.Select(process => process.EndAsync(limit.Token))];
        BenchFailedException? death = null;
        await foreach (Task<BenchTold> end in Task.WhenEach(ends))
        {
            try
            {
                await end;
            }
            catch (BenchFailedException e) when (e.Facts is null && e.ExitCode == ExitCodes.Failure)
            {
                death ??= e;
                limit.CancelAfter(Grace);
            }
            catch (OperationCanceledException) when (death is not null && !cancellationToken.IsCancellationRequested)
            {
                throw death;
            }
        }
        return death is null ? await Task.WhenAll(ends) : throw death;
    }
}
