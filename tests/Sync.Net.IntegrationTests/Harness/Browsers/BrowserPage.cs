using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Sync.Net.IntegrationTests.Harness.Browsers;

/// <summary>A page in a browser, and all that it asked the network for or complained about.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private const string WatchTasks = "window.longTasks = []; new PerformanceObserver(list => longTasks.push(...list.getEntries().map(e => e.duration))).observe({ type: 'longtask', buffered: true });";

    private readonly DevTools _tools;
    private readonly string _target;
    private readonly string _session;
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BrowserPage(DevTools tools, string target, string session)
    {
        (_tools, _target, _session) = (tools, target, session);
        tools.Happened += Note;
    }

    /// <summary>What it asked for, the page itself among it.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public ConcurrentQueue<string> Errors { get; } = [];

    public async Task LoadAsync(string file, bool isDark, CancellationToken cancellationToken)
    {
        foreach (string domain in (string[])["Page", "Runtime", "Log", "Network"]) await CallAsync(domain + ".enable", [], cancellationToken);
        await CallAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = 1400, ["height"] = 1000, ["deviceScaleFactor"] = 1, ["mobile"] = false }, cancellationToken);
        await SetDarkAsync(isDark, cancellationToken);
        await CallAsync("Page.addScriptToEvaluateOnNewDocument", new() { ["source"] = WatchTasks }, cancellationToken);
        await CallAsync("Page.navigate", new() { ["url"] = new Uri(file).AbsoluteUri }, cancellationToken);
        await _loaded.Task.WaitAsync(cancellationToken);
        await DrawnAsync(cancellationToken);
    }

    public Task SetDarkAsync(bool isDark, CancellationToken cancellationToken) => CallAsync(
        "Emulation.setEmulatedMedia",
        new() { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }) },
        cancellationToken);

    /// <summary>Evaluates an expression, awaited if it is a promise; null if it gave nothing.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression, CancellationToken cancellationToken)
    {
        JsonNode answer = await CallAsync(
            "Runtime.evaluate",
            new() { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true },
            cancellationToken);
        return answer["exceptionDetails"] is { } fault ? throw new InvalidOperationException($"{expression}: {fault.ToJsonString()}") : answer["result"]!["value"];
    }

    public async Task<string> TextAsync(string expression, CancellationToken cancellationToken) => (await EvaluateAsync(expression, cancellationToken))?.ToString() ?? "";

    public async Task<double> NumberAsync(string expression, CancellationToken cancellationToken) =>
        double.Parse(await TextAsync(expression, cancellationToken), CultureInfo.InvariantCulture);

    /// <summary>Returns when what was asked to be drawn is drawn.</summary>
    public Task DrawnAsync(CancellationToken cancellationToken) =>
        EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))", cancellationToken);

    public Task MouseAsync(string type, double x, double y, CancellationToken cancellationToken, double wheel = 0, bool isHeld = false, int modifiers = 0) => CallAsync(
        "Input.dispatchMouseEvent",
        new()
        {
            ["type"] = type,
            ["x"] = x,
            ["y"] = y,
            ["deltaX"] = 0,
            ["deltaY"] = wheel,
            ["button"] = isHeld ? "left" : "none",
            ["buttons"] = isHeld ? 1 : 0,
            ["clickCount"] = isHeld ? 1 : 0,
            ["modifiers"] = modifiers,
        },
        cancellationToken);

    public async Task KeyAsync(string key, CancellationToken cancellationToken)
    {
        JsonObject down = new() { ["type"] = "keyDown", ["key"] = key };
        if (key.Length == 1) down["text"] = key;
        await CallAsync("Input.dispatchKeyEvent", down, cancellationToken);
        await CallAsync("Input.dispatchKeyEvent", new() { ["type"] = "keyUp", ["key"] = key }, cancellationToken);
    }

    public async Task ScreenshotAsync(string path, bool isWhole, CancellationToken cancellationToken)
    {
        JsonObject how = new() { ["format"] = "png", ["captureBeyondViewport"] = isWhole };
        if (isWhole)
        {
            double height = await NumberAsync("document.documentElement.scrollHeight", cancellationToken);
            how["clip"] = new JsonObject { ["x"] = 0, ["y"] = 0, ["width"] = 1400, ["height"] = height, ["scale"] = 1 };
        }
        JsonNode shot = await CallAsync("Page.captureScreenshot", how, cancellationToken);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, Convert.FromBase64String(shot["data"]!.GetValue<string>()), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _tools.Happened -= Note;
        await _tools.CallAsync("Target.closeTarget", new() { ["targetId"] = _target }, null, CancellationToken.None);
    }

    private Task<JsonNode> CallAsync(string method, JsonObject parameters, CancellationToken cancellationToken) =>
        _tools.CallAsync(method, parameters, _session, cancellationToken);

    private void Note(string? session, string method, JsonNode facts)
    {
        if (session != _session) return;
        switch (method)
        {
            case "Page.loadEventFired": _loaded.TrySetResult(); break;
            case "Network.requestWillBeSent": Requests.Enqueue(facts["request"]!["url"]!.GetValue<string>()); break;
            case "Runtime.exceptionThrown": Errors.Enqueue(facts.ToJsonString()); break;
            case "Runtime.consoleAPICalled" when facts["type"]!.GetValue<string>() is "error" or "warning" or "assert": Errors.Enqueue(facts.ToJsonString()); break;
            case "Log.entryAdded" when facts["entry"]!["level"]!.GetValue<string>() is "error" or "warning": Errors.Enqueue(facts.ToJsonString()); break;
        }
    }
}
