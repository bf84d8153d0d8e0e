using System.Diagnostics;
using System.Globalization;
using Sync.Net.Arguments;
using Sync.Net.Benchmarks.Measuring;
using Sync.Net.Objects;
using Sync.Net.Wire;

namespace Sync.Net.Benchmarks.Scale;

/// <summary>Many members in one process, as its user would have them but for one thing: they share the list of all: started by the driver, not by people.</summary>
/// <remarks>A public barrier keeps a list of its own; 100,000 members with 100,000 lists of 100,000 ids each would be all that is measured.</remarks>
internal static class ManyMembersCommand
{
    public const string Name = "scale-members";

    private const string Group = "scale";

    /// <summary>Prints when the first began to join and the last had joined; after a line the rounds, whose times it leaves in a file; ends with its input.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        ManyMembersPlan plan = ManyMembersPlan.Parse(words);
        var roster = Roster.Of(plan.Roster);
        MemberCalls[] members = [.. Enumerable.Range(plan.First, plan.Count).Select(index => Open(plan, index))];
        if (plan.First == 0) await NameAllAsync(members[0], roster);
        Console.WriteLine("ready");
        Console.ReadLine();

        long began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(members, new ParallelOptions { MaxDegreeOfParallelism = plan.Joining }, JoinAsync);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{began} {Stopwatch.GetTimestamp()}"));
        Console.ReadLine();

        // Of each round the last call and the last return: what the driver needs of a member, and here of all at once.
        long[] times = new long[2 * plan.Rounds];
        await Task.WhenAll(members.Select(member => Task.Run(() => MeetAsync(member, roster, plan.Rounds, times))));
        await TimesFile.WriteAsync(plan.Directory, plan.Process, times);
        Console.WriteLine("met");
        Console.ReadLine();
        return 0;
    }

    private static MemberCalls Open(ManyMembersPlan plan, int index)
    {
        SyncOptions options = SyncOptions.Snapshot(new SyncOptions { Endpoint = plan.Endpoint, Group = Group });
        options.Limits = new SyncLimits { MaxMembers = 200_000 };
        return new MemberCalls(typeof(Barrier), MemberId.Parse(ManyMembersPlan.IdOf(index), nameof(index), options.Limits.MaxNameBytes), options, null);
    }

    /// <summary>One member tells the server who all are: else it would ask everybody who arrives before it knows, for a list of them all.</summary>
    private static Task<bool> NameAllAsync(MemberCalls member, Roster roster) =>
        new Barrier(member, member.Self.Text, "names", roster).TryRendezvousAsync(roster.Members, TimeSpan.Zero);

    private static async ValueTask JoinAsync(MemberCalls member, CancellationToken cancellationToken)
    {
        var declare = new SessionCall
        {
            Session = new SessionKey(SessionKind.Group, Group),
            Roster = Roster.Empty,
            Master = member.Self.Text,
            Timeout = null,
            Ask = new Ask(Act.Declare),
        };
        if (await member.RunForOutcomeAsync(declare, cancellationToken) is null) throw new InvalidDataException("A member did not join.");
    }

    private static async Task MeetAsync(MemberCalls member, Roster roster, int rounds, long[] times)
    {
        var barrier = new Barrier(member, member.Self.Text, "scale", roster);
        for (int round = 0; round < rounds; round++)
        {
            RaiseTo(ref times[2 * round], Stopwatch.GetTimestamp());
            RendezvousResult met = await barrier.RendezvousAsync();
            RaiseTo(ref times[(2 * round) + 1], Stopwatch.GetTimestamp());
            if (met.Generation != round + 1 || met.Count != roster.Count) throw new InvalidDataException($"Round {round}: {met.Count} met in generation {met.Generation}.");
        }
    }

    private static void RaiseTo(ref long place, long time)
    {
        long now = Volatile.Read(ref place);
        while (time > now)
        {
            long seen = Interlocked.CompareExchange(ref place, time, now);
            if (seen == now) return;
            now = seen;
        }
    }
}
