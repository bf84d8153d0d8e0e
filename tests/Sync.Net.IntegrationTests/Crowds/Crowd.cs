using System.Globalization;
using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Crowds;

/// <summary>Members of this process that meet at one barrier.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    public Crowd(string endpoint, int count)
    {
        Options = new SyncOptions { Endpoint = endpoint };
        string[] all = [.. Enumerable.Range(0, count).Select(i => "m" + i.ToString("00", CultureInfo.InvariantCulture))];
        Barriers = [.. all.Select(member => new Barrier(member, "crowd", Lab.LongTimeout, all, Options))];
    }

    public SyncOptions Options { get; }

    public Barrier[] Barriers { get; }

    public async Task MeetAsync()
    {
        RendezvousResult[] met = await Task.WhenAll(Barriers.Select(barrier => barrier.RendezvousAsync(TestContext.Current.CancellationToken))).Within(Bounded.Limit, what: "the members of a crowd");
        Assert.All(met, result => Assert.Equal(Barriers.Length, result.Count));
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(Barriers.Select(barrier => barrier.DisposeAsync().AsTask()));
}
