using Sync.Net.IntegrationTests.Harness;
using Sync.Net.IntegrationTests.Harness.Browsers;
using Sync.Net.Runner;
using Sync.Net.Runner.Reports;

namespace Sync.Net.IntegrationTests.Runner.Reports;

/// <summary>One browser for the tests of the page, started by the first; each opens a report of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sync-net-report-").FullName;
    private Browser? _browser;

    /// <summary>Where pictures of the page are kept, to be looked at.</summary>
    public static string Pictures { get; } = Path.Combine(Programs.RepositoryRoot, "artifacts", "report-pictures");

    public async ValueTask InitializeAsync()
    {
        if (Browser.Program is not null) _browser = await Browser.StartAsync(TestContext.Current.CancellationToken).Within(Bounded.Limit);
    }

    internal async Task<BrowserPage> OpenAsync(RunResult run, bool isDark = false)
    {
        Assert.SkipWhen(_browser is null, "There is no chromium on this machine.");
        string folder = Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
        RunReports.Write(run, folder);
        return await _browser.OpenAsync(Path.Combine(folder, RunReports.PageFile), isDark, TestContext.Current.CancellationToken).Within(Bounded.Limit);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
