namespace Sync.Net.Tests.Runtime.Server;

/// <summary>
/// Peers that take all the places for handshakes. A single one would have very long: the tests move the time on as fast as
/// they can, and what ends within a fraction of that was ended because the places were taken.
/// </summary>
public sealed class CrowdedHandshakeTests : ServerTest
{
    public override ValueTask InitializeAsync()
    {
        Options.Limits.MaxHandshakes = 3;
        Options.Limits.HandshakeTimeout = TimeSpan.FromHours(1);
        return base.InitializeAsync();
    }

    [Fact]
    public async Task SilentPeers_InAllPlaces_DoNotLockOthersOut()
    {
        DateTimeOffset before = Time.GetUtcNow();
        var silent = new List<Task>();
        for (int i = 0; i < Options.Limits.MaxHandshakes; i++) silent.Add((await OpenAsync("silent")).EndAsync());

        await AdvanceUntilAsync(Task.WhenAny(silent));

        Assert.True(Time.GetUtcNow() - before < Options.Limits.HandshakeTimeout);
        await JoinAsync("a");
    }

    [Fact]
    public async Task ResettingPeers_HarmNobodyElse()
    {
        for (int i = 0; i < 20; i++) await (await OpenAsync("reset")).DisposeAsync();

        await JoinAsync("a");
    }
}
