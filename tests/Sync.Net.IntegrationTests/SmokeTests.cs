namespace Sync.Net.IntegrationTests;

public sealed class SmokeTests
{
    [Fact]
    public void Runs() => Assert.True(true);
}
