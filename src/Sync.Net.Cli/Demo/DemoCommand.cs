namespace Sync.Net.Cli.Demo;

/// <summary>Three processes meet, exchange data and meet again; the command says whether all of it really happened.</summary>
internal sealed class DemoCommand(TextWriter output, TextWriter errors)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public async Task<int> RunAsync()
    {
        using CancellationTokenSource limit = new(Limit);
        List<DemoProcess> processes = [];
        try
        {
            List<DemoEnd> ends = await RunMembersAsync(processes, limit.Token);
            return await TellAsync(ends, [.. processes.SelectMany(process => process.Events).OrderBy(told => told.At)]);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            await errors.WriteLineAsync($"syncnet: the demo did not end within {Limit.TotalSeconds} s");
            return ExitCodes.Failure;
        }
        finally
        {
            processes.ForEach(process => process.Dispose());
        }
    }

    private static async Task<List<DemoEnd>> RunMembersAsync(List<DemoProcess> processes, CancellationToken cancellationToken)
    {
        DemoProcess master = DemoProcess.Start(DemoMember.Master, endpoint: null);
        processes.Add(master);
        if (await master.FirstEventAsync(cancellationToken) is { Endpoint: { } endpoint })
            processes.AddRange(DemoMember.Roster.Skip(1).Select(member => DemoProcess.Start(member, endpoint)));
        List<DemoEnd> ends = [];
        foreach (DemoProcess process in processes) ends.Add(await process.EndAsync(cancellationToken));
        return ends;
    }

    private async Task<int> TellAsync(List<DemoEnd> ends, DemoEvent[] events)
    {
        foreach (string line in DemoStory.Of(events)) await output.WriteLineAsync(line);

        List<string> faults = DemoVerdict.Faults(ends, events);
        foreach (string fault in faults) await errors.WriteLineAsync($"syncnet: {fault}");
        if (faults.Count > 0) return ExitCodes.Failure;
        await output.WriteLineAsync("Nobody passed before all had arrived, and everybody got what all had given.");
        return ExitCodes.Success;
    }
}
