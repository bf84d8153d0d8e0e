using System.Diagnostics;
using System.Globalization;
using Sync.Net.IntegrationTests.Harness;
using Sync.Net.Runner.Hosts;

namespace Sync.Net.IntegrationTests.Workers;

/// <summary>A shell with a worker's cookie, and processes that it starts; each of them prints its id.</summary>
internal sealed class TreeProcess : IDisposable
{
    /// <summary>Prints its id, and stays; scripts find it as $STAYS.</summary>
    public const string Stays = "echo $$; sleep 60; true";

    private readonly Process _process;

    public TreeProcess(string script, string cookie)
    {
        ProcessStartInfo start = new("setsid", ["sh", "-c", script]) { RedirectStandardOutput = true };
        start.Environment[ProcessTree.Variable] = cookie;
        start.Environment["STAYS"] = Stays;
        _process = Process.Start(start)!;
    }

    public int Id => _process.Id;

    public static string NewCookie() => "test-" + Guid.NewGuid().ToString("N");

    /// <summary>The next id that one of the processes printed.</summary>
    public async Task<int> NextIdAsync()
    {
        string? line = await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().Within(TimeSpan.FromSeconds(20), what: "the id of a process");
        return int.Parse(line!, CultureInfo.InvariantCulture);
    }

    /// <summary>Returns when none of the processes holds the output any more: the kernel's own word that all are dead.</summary>
    public Task GoneAsync() => _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).Within(TimeSpan.FromSeconds(20), what: "the end of all processes");

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
