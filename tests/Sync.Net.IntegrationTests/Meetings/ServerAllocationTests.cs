using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Meetings;

/// <summary>What a round that is like the one before makes a server's process allocate, over real sockets. A count: it does not depend on the machine's pace.</summary>
public sealed class ServerAllocationTests
{
    /// <summary>Until everything that is made once is there.</summary>
    private const int Before = 200;

    private const int Rounds = 1000;

    [Theory]
    [InlineData(2, 120)]
    [InlineData(8, 55)]
    [InlineData(64, 35)]
    public async Task Cost_ARoundInTheSteadyState_AllocatesAtMostSoManyBytesAMember(int count, int most)
    {
        await using Lab lab = new();
        Member[] process = await lab.StartAsync("server");
        RemoteServer server = await process[0].ServerAsync("127.0.0.1:0");
        string[] roster = [.. Enumerable.Range(1, count).Select(static i => $"m{i:00}")];
        Barrier[] members = [.. roster.Select(self => new Barrier(self, "again", Lab.LongTimeout, roster, new SyncOptions { Endpoint = server.Endpoint }))];

        await MeetAsync(members, Before);
        long before = await server.AllocatedAsync();
        await MeetAsync(members, Rounds);
        long each = (await server.AllocatedAsync() - before) / Rounds / count;
        foreach (Barrier member in members) await member.DisposeAsync();

        // The question itself costs a little, which is nothing a member and round.
        Assert.InRange(each, 0, most);
    }

    private static Task MeetAsync(Barrier[] members, int rounds) => Task.WhenAll(members.Select(async member =>
    {
        for (int round = 0; round < rounds; round++) await member.RendezvousAsync(TestContext.Current.CancellationToken);
    })).Within(Bounded.Limit);
}
