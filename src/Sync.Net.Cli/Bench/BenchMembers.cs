using System.Diagnostics;
using System.Text;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;

namespace Sync.Net.Cli.Bench;

/// <summary>The members of one process: they join, meet again and again, and tell when.</summary>
internal sealed class BenchMembers(BenchPlan plan, int process)
{
    private const string Session = "bench";
    private const string TermsSession = "bench-terms";

    private readonly int _first = plan.PartOf(process).First;
    private readonly int _count = plan.PartOf(process).Count;
    private readonly string[] _roster = plan.Roster;
    private readonly Deadline _deadline = new(plan.Timeout);
    private readonly bool[] _lastHere = new bool[plan.Rounds];

    /// <summary>An exchange without a timeout of its own would have one of 60 s.</summary>
    private TimeSpan Limit => _deadline.Left ?? Timeout.InfiniteTimeSpan;

    /// <summary>Never throws for what a meeting may come to: that is told, too.</summary>
    /// <param name="go">Returns when all processes are ready.</param>
    public async Task<BenchTold> RunAsync(Func<Task> go)
    {
        SyncGroup?[] groups = new SyncGroup?[_count];
        try
        {
            await JoinOnceAsync();
            await go();
            long began = Stopwatch.GetTimestamp();
            await AllAsync(async index => groups[index] = await SyncGroup.JoinAsync(OptionsOf(index)));
            long ended = Stopwatch.GetTimestamp();
            await AgreeAsync(groups[0]!);
            long[] times = new long[2 * plan.Rounds * _count];
            await AllAsync(index => MeetAsync(groups[index]!, index, times.AsMemory(2 * plan.Rounds * index, 2 * plan.Rounds)));
            foreach (SyncGroup? group in groups) await group!.DisposeAsync();
            return new BenchTold { Step = BenchStep.Done, JoinBegan = began, JoinEnded = ended, Times = times, LastHere = _lastHere };
        }
        catch (Exception e) when (e is ISyncFailure failure)
        {
            string facts = Encoding.UTF8.GetString(Printer.BytesOf(json => FailureJson.Write(json, failure.Failure, e.Message))).TrimEnd();
            return new BenchTold { Step = BenchStep.Failed, ExitCode = ExitCodes.Of(failure.Failure.Kind), Error = e.Message, Facts = facts };
        }
        catch (Exception e) when (e is BenchFailedException or ArgumentException or InvalidOperationException)
        {
            return new BenchTold { Step = BenchStep.Failed, ExitCode = e is BenchFailedException failed ? failed.ExitCode : ExitCodes.Usage, Error = e.Message };
        }
    }

    /// <summary>A process' first join compiles, or loads, what a join needs: that is no part of a join's time.</summary>
    private async Task JoinOnceAsync()
    {
        SyncOptions options = OptionsOf(0);
        options.Group = $"{plan.Group}-warm-up";
        await using SyncGroup group = await SyncGroup.JoinAsync(options);
    }

    /// <summary>Ends with the first failure, whatever the others do.</summary>
    private async Task AllAsync(Func<int, Task> work)
    {
        List<Task> open = [.. Enumerable.Range(0, _count).Select(index => Task.Run(() => work(index)))];
        await foreach (Task ended in Task.WhenEach(open)) await ended;
    }

    /// <summary>Hosts that measure different things would end each other's rounds in the middle, with a text about members that left.</summary>
    private async Task AgreeAsync(SyncGroup group)
    {
        if (_first != 0 || plan.Hosts.Length == 1) return;
        string[] leaders = [.. plan.Hosts.Select(host => (plan with { Host = host }).IdOf(0))];
        await using SyncData<string> terms = group.Data<string>(TermsSession, leaders);
        SyncResult<string> all = await terms.SyncAsync(plan.Terms, Limit, cancellationToken: CancellationToken.None);
        foreach ((string leader, string theirs) in all)
        {
            if (theirs != plan.Terms)
                throw new BenchFailedException(ExitCodes.Mismatch, $"bench: '{leader}' measures {theirs}, and this host {plan.Terms}: give the same on all hosts");
        }
    }

    private async Task MeetAsync(SyncGroup group, int index, Memory<long> times)
    {
        Func<Task<RendezvousResult>> meet = plan.Bytes is { } bytes ? Giving(group, index, bytes) : Meeting(group);
        long generation = 0;
        for (int round = -plan.WarmUpRounds; round < plan.Rounds; round++)
        {
            long before = Stopwatch.GetTimestamp();
            RendezvousResult met = await meet();
            long after = Stopwatch.GetTimestamp();
            if (met.Count != _roster.Length || (generation != 0 && met.Generation != generation + 1))
                throw new BenchFailedException(ExitCodes.Internal, $"bench: {met.Count} of {_roster.Length} met in generation {met.Generation}, after {generation}");
            generation = met.Generation;
            if (round < 0) continue;
            (times.Span[2 * round], times.Span[(2 * round) + 1]) = (before, after);
            if (index == 0) _lastHere[round] = met.Straggler is { } last && plan.IsHere(last);
        }
    }

    private Func<Task<RendezvousResult>> Meeting(SyncGroup group)
    {
        Barrier barrier = group.Barrier(Session, _roster);
        return () => _deadline.Left is { } left ? barrier.RendezvousAsync(left, CancellationToken.None) : barrier.RendezvousAsync(CancellationToken.None);
    }

    private Func<Task<RendezvousResult>> Giving(SyncGroup group, int index, int bytes)
    {
        SyncData<byte[]> data = group.Data<byte[]>(Session, _roster);
        byte[] mine = new byte[bytes];
        Array.Fill(mine, StampOf(plan.IdOf(_first + index)));
        return async () => Checked(await data.SyncAsync(mine, Limit, cancellationToken: CancellationToken.None));
    }

    private RendezvousResult Checked(SyncResult<byte[]> all)
    {
        foreach ((string member, byte[] given) in all)
        {
            if (given.Length != plan.Bytes || given.AsSpan().ContainsAnyExcept(StampOf(member)))
                throw new BenchFailedException(ExitCodes.Internal, $"bench: what '{member}' gave is not what came");
        }
        if (all.Count != _roster.Length) throw new BenchFailedException(ExitCodes.Internal, $"bench: {all.Count} of {_roster.Length} gave");
        return all.Meeting;
    }

    /// <summary>What a member's bytes are filled with.</summary>
    private static byte StampOf(string member)
    {
        int sum = 0;
        foreach (char c in member) sum = (sum * 31) + c;
        return (byte)sum;
    }

    private SyncOptions OptionsOf(int index)
    {
        SyncOptions options = SyncOptions.FromEnvironment();
        options.Endpoint = plan.Endpoint;
        options.Group = plan.Group;
        options.Member = plan.IdOf(_first + index);
        options.Timeout = _deadline.Left;
        return options;
    }
}
