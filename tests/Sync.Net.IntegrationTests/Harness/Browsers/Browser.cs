using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Sync.Net.IntegrationTests.Harness.Browsers;

/// <summary>A headless Chromium of its own, that reaches nothing but files.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Announcement = "DevTools listening on ";

    private readonly Process _process;
    private readonly DevTools _tools;
    private readonly string _profile;

    private Browser(Process process, DevTools tools, string profile) => (_process, _tools, _profile) = (process, tools, profile);

    /// <summary>Null where there is none.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':')
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    public static async Task<Browser> StartAsync(CancellationToken cancellationToken)
    {
        string profile = Directory.CreateTempSubdirectory("sync-net-browser-").FullName;
        string[] arguments =
        [
            "--headless=new", "--remote-debugging-port=0", "--user-data-dir=" + profile, "--no-first-run", "--no-default-browser-check",
            "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--metrics-recording-only", "--no-pings", "--hide-scrollbars", "--force-color-profile=srgb", "--host-resolver-rules=MAP * ~NOTFOUND",
            // Its sandbox refuses root.
            .. Environment.IsPrivilegedProcess ? ["--no-sandbox"] : Array.Empty<string>(),
            "about:blank",
        ];
        Process process = Process.Start(new ProcessStartInfo(Program!, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        TaskCompletionSource<string> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<string> said = [];
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) address.TrySetException(new IOException($"{Program} ended: {string.Join('\n', said)}"));
            else if (line.Data.StartsWith(Announcement, StringComparison.Ordinal)) address.TrySetResult(line.Data[Announcement.Length..]);
            else said.Add(line.Data);
        };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        try
        {
            string found = await address.Task.WaitAsync(cancellationToken);
            return new Browser(process, await DevTools.ConnectAsync(found, cancellationToken), profile);
        }
        catch
        {
            End(process, profile);
            throw;
        }
    }

    public async Task<BrowserPage> OpenAsync(string file, bool isDark, CancellationToken cancellationToken)
    {
        JsonNode target = await _tools.CallAsync("Target.createTarget", new() { ["url"] = "about:blank" }, null, cancellationToken);
        string id = target["targetId"]!.GetValue<string>();
        JsonNode attached = await _tools.CallAsync("Target.attachToTarget", new() { ["targetId"] = id, ["flatten"] = true }, null, cancellationToken);
        BrowserPage page = new(_tools, id, attached["sessionId"]!.GetValue<string>());
        await page.LoadAsync(file, isDark, cancellationToken);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _tools.DisposeAsync();
        End(_process, _profile);
    }

    private static void End(Process process, string profile)
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        try
        {
            Directory.Delete(profile, recursive: true);
        }
        catch (IOException)
        {
            // A child that is just ending may still write there; it is a folder for temporary files.
        }
    }
}
