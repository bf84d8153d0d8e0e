namespace Sync.Net.Tests.Transport;

/// <summary>Callers that wait synchronously, on the thread that they went on on, for what the same connection brings.</summary>
public sealed class BlockingCallerTests : BoundedTest
{
    private static readonly string[] Roster = ["127.0.0.1#a", "127.0.0.1#b"];

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public async Task Call_WaitsForAnotherOfTheSameConnection_BothEnd(int rounds)
    {
        await using SyncServer server = await SyncServer.StartAsync(cancellationToken: Token);

        // Not in the test's own context, which would take the callers off their thread.
        Task blocking = Task.Run(() => MeetAsync(server, Roster[0], rounds, blocks: true), Token);
        Task other = Task.Run(() => MeetAsync(server, Roster[1], rounds, blocks: false), Token);

        await Task.WhenAll(blocking, other).WaitAsync(Token);
    }

    private async Task MeetAsync(SyncServer server, string self, int rounds, bool blocks)
    {
        var options = new SyncOptions { Endpoint = server.Endpoint, Transport = new DialingTransport() };
        await using var first = new Barrier(self, "first", null, Roster, options);
        await using var second = new Barrier(self, "second", null, Roster, options);
        for (int round = 0; round < rounds; round++)
        {
            await first.RendezvousAsync(Token).ConfigureAwait(false);
            Task<RendezvousResult> met = second.RendezvousAsync(Token);
#pragma warning disable xUnit1031 // This is what is tested.
            if (blocks) met.Wait(Token);
#pragma warning restore xUnit1031
            await met.ConfigureAwait(false);
        }
    }
}
