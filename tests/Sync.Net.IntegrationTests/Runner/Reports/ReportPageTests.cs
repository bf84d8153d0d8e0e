using System.Text.Json.Nodes;
using Sync.Net.IntegrationTests.Harness;
using Sync.Net.IntegrationTests.Harness.Browsers;
using Sync.Net.Runner;
using Sync.Net.Tests.Runner.Reports;

namespace Sync.Net.IntegrationTests.Runner.Reports;

/// <summary>The page in a real browser.</summary>
public sealed class ReportPageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    /// <summary>How many colours the canvas shows: a blank one has one.</summary>
    private const string Colours = """
        (() => {
          const canvas = document.getElementById('canvas');
          const pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
          return new Set(pixels).size;
        })()
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Page_HoldsAllLanesAndWaits_DrawsThem_AndAsksNobodyForAnything(bool isDark)
    {
        RunResult run = SampleRuns.Lost();
        await using BrowserPage page = await browser.OpenAsync(run, isDark);

        JsonNode lanes = (await page.EvaluateAsync("report.lanes", Token))!;
        Assert.Equal(run.Members.Select(m => (m.Member, m.Role, m.Host)), lanes.AsArray().Select(l => (l!["member"]!.ToString(), (string?)l["role"]!.ToString(), l["host"]!.ToString())));
        Assert.Equal(run.Members.Select(m => run.Waits.Count(w => w.Member == m.Member)), lanes.AsArray().Select(l => l!["waits"]!.GetValue<int>()));
        Assert.Equal(run.Waits.Count, await page.NumberAsync("report.waits", Token));
        Assert.Equal(run.Changes.Count, await page.NumberAsync("report.changes", Token));
        Assert.Equal(run.Members.Select(m => m.Member), (await page.EvaluateAsync("report.view.lanes", Token))!.AsArray().Select(l => l!.ToString()));
        Assert.InRange(await page.NumberAsync(Colours, Token), 20, int.MaxValue);
        Assert.Equal(run.Waits.Count, await page.NumberAsync("report.tables.waits", Token));
        Assert.Equal("client2", await page.TextAsync("document.querySelector('#members tbody tr:nth-child(2) td:nth-child(3)').textContent", Token));
        await page.ScreenshotAsync(Path.Combine(BrowserFixture.Pictures, isDark ? "lost-dark.png" : "lost-light.png"), isWhole: true, Token);
        await AssertQuietAsync(page);
    }

    [Fact]
    public async Task Page_FollowsTheSystemFromLightToDark()
    {
        const string Corner = "[...document.getElementById('canvas').getContext('2d').getImageData(3, document.getElementById('canvas').height - 3, 1, 1).data].slice(0, 3).join()";
        await using BrowserPage page = await browser.OpenAsync(SampleRuns.Pair());
        Assert.Equal("255,255,255", await page.TextAsync(Corner, Token));

        await page.SetDarkAsync(true, Token);
        await page.DrawnAsync(Token);

        Assert.Equal("13,17,23", await page.TextAsync(Corner, Token));
    }

    [Fact]
    public async Task Hover_TellsOfTheWaitUnderThePointer()
    {
        RunResult run = SampleRuns.Lost();
        await using BrowserPage page = await browser.OpenAsync(run);

        foreach (int wait in (int[])[0, 1, 3, 4, 5, 6, 7])
        {
            await HoverAsync(page, wait);
            string tip = await page.TextAsync("document.getElementById('tip').innerText", Token);
            Assert.Contains($"'{run.Waits[wait].Session}'", tip, StringComparison.Ordinal);
            Assert.Matches($@"who\s+{run.Waits[wait].Member}\b", tip);
            Assert.Matches($@"outcome\s+{run.Waits[wait].Outcome}\b", tip);
            if (run.Waits[wait].Straggler is { } straggler) Assert.Matches($@"came last\s+{straggler}\b", tip);
            if (run.Waits[wait].Culprit is { } culprit) Assert.Matches($@"culprit\s+{culprit}\b", tip);
            if (run.Waits[wait].Text is { } text) Assert.Contains(text, tip, StringComparison.Ordinal);
        }
        await page.ScreenshotAsync(Path.Combine(BrowserFixture.Pictures, "hover.png"), isWhole: false, Token);

        await page.MouseAsync("mouseMoved", 700, 5, Token);
        Assert.Equal("true", await page.TextAsync("document.getElementById('tip').hidden", Token));
        await AssertQuietAsync(page);
    }

    [Fact]
    public async Task Wheel_ZoomsAboutThePointer_DragPans_AndKeysDoBoth()
    {
        await using BrowserPage page = await browser.OpenAsync(SampleRuns.Lost());
        (double from, double to) whole = await SpanAsync(page);
        JsonNode place = (await page.EvaluateAsync("report.where(5)", Token))!;
        (double x, double y) = (Math.Round(place["x"]!.GetValue<double>()), Math.Round(place["y"]!.GetValue<double>()));

        await page.MouseAsync("mouseWheel", x, y, Token, wheel: -240);
        (double from, double to) near = await SpanAsync(page);
        Assert.InRange(near.to - near.from, (whole.to - whole.from) * 0.3, (whole.to - whole.from) * 0.45);
        // A pixel of before is almost three now.
        Assert.Equal(x, (await page.EvaluateAsync("report.where(5).x", Token))!.GetValue<double>(), 3.0);

        await page.MouseAsync("mouseMoved", x, y, Token);
        await page.MouseAsync("mousePressed", x, y, Token, isHeld: true);
        await page.MouseAsync("mouseMoved", x - 100, y, Token, isHeld: true);
        await page.MouseAsync("mouseReleased", x - 100, y, Token, isHeld: true);
        (double from, double to) later = await SpanAsync(page);
        Assert.Equal(near.to - near.from, later.to - later.from, 1.0);
        Assert.True(later.from > near.from);

        await page.EvaluateAsync("document.getElementById('scroller').focus()", Token);
        await page.KeyAsync("+", Token);
        (double from, double to) nearer = await SpanAsync(page);
        Assert.Equal((later.to - later.from) / 2, nearer.to - nearer.from, 1.0);
        await page.KeyAsync("ArrowLeft", Token);
        Assert.True((await SpanAsync(page)).From < nearer.from);
        await page.KeyAsync("0", Token);
        Assert.Equal(whole, await SpanAsync(page));

        await page.KeyAsync("ArrowDown", Token);
        await page.KeyAsync("n", Token);
        Assert.Contains("barrier 'start' #1", await page.TextAsync("document.getElementById('live').textContent", Token), StringComparison.Ordinal);
        await page.KeyAsync("Escape", Token);
        Assert.Equal("true", await page.TextAsync("document.getElementById('tip').hidden", Token));
        await AssertQuietAsync(page);
    }

    [Fact]
    public async Task Filters_NarrowLanesAndWaits()
    {
        await using BrowserPage page = await browser.OpenAsync(SampleRuns.Lost());

        await FilterAsync(page, "filter-members", "gamma");
        Assert.Equal("client2,client3", await page.TextAsync("report.view.lanes.join()", Token));
        Assert.Equal(1, await page.NumberAsync("report.tables.waits", Token));

        await FilterAsync(page, "filter-members", "");
        await FilterAsync(page, "filter-session", "'done'");
        Assert.Equal("server,client1", await page.TextAsync("report.view.lanes.join()", Token));
        Assert.Equal(2, await page.NumberAsync("report.tables.waits", Token));
        await page.ScreenshotAsync(Path.Combine(BrowserFixture.Pictures, "filtered.png"), isWhole: false, Token);
        await AssertQuietAsync(page);
    }

    [Fact]
    public async Task HostileNames_DoNothingAndAreShown()
    {
        await using BrowserPage page = await browser.OpenAsync(SampleRuns.Hostile());

        Assert.Equal(SampleRuns.HostileNames.Length, await page.NumberAsync("report.lanes.length", Token));
        Assert.Equal(3 * SampleRuns.HostileNames.Length, await page.NumberAsync("report.waits", Token));
        Assert.Equal(0, await page.NumberAsync("document.images.length", Token));
        Assert.Equal(2, await page.NumberAsync("document.scripts.length", Token));
        Assert.Equal(SampleRuns.HostileNames[0], await page.TextAsync("document.getElementById('name').textContent", Token));
        await HoverAsync(page, 0);
        Assert.Contains(SampleRuns.HostileNames[0], await page.TextAsync("document.getElementById('tip').innerText", Token), StringComparison.Ordinal);
        Assert.DoesNotMatch("^owned", await page.TextAsync("document.title", Token));
        await page.ScreenshotAsync(Path.Combine(BrowserFixture.Pictures, "hostile.png"), isWhole: true, Token);
        await AssertQuietAsync(page);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Crowd_TwoHundredMembersInFiveHundredSessions_Opens_AndHoldsNoMoreRowsThanAreSeen(bool isDark)
    {
        RunResult run = SampleRuns.Crowd(200, 500);
        await using BrowserPage page = await browser.OpenAsync(run, isDark);

        Assert.Equal(200, await page.NumberAsync("report.lanes.length", Token));
        Assert.Equal(100_000, await page.NumberAsync("report.waits", Token));
        Assert.Equal(500, await page.NumberAsync("report.meetings", Token));
        Assert.Equal(100_000, await page.NumberAsync("report.tables.waits", Token));
        Assert.InRange(await page.NumberAsync("document.querySelectorAll('tbody tr').length", Token), 50, 300);
        Assert.InRange(await page.NumberAsync(Colours, Token), 20, int.MaxValue);
        await page.ScreenshotAsync(Path.Combine(BrowserFixture.Pictures, isDark ? "crowd-dark.png" : "crowd-light.png"), isWhole: true, Token);

        int wait = 123 * 200 + 77;
        await page.EvaluateAsync($"report.reveal({wait})", Token);
        await page.DrawnAsync(Token);
        await HoverAsync(page, wait);
        Assert.Matches($@"'round' #124[\s\S]*who\s+{run.Waits[wait].Member}\b", await page.TextAsync("document.getElementById('tip').innerText", Token));
        await page.ScreenshotAsync(Path.Combine(BrowserFixture.Pictures, isDark ? "crowd-near-dark.png" : "crowd-near-light.png"), isWhole: false, Token);

        string longest = await page.TextAsync("Math.round(Math.max(0, ...longTasks))", Token);
        TestContext.Current.TestOutputHelper?.WriteLine($"The longest task took {longest} ms.");
        await AssertQuietAsync(page);
    }

    private static async Task HoverAsync(BrowserPage page, int wait)
    {
        await page.EvaluateAsync("document.getElementById('scroller').scrollIntoView({ block: 'nearest' })", Token);
        await page.EvaluateAsync($"report.where({wait})", Token);
        await page.DrawnAsync(Token);
        JsonNode place = (await page.EvaluateAsync($"report.where({wait})", Token))!;
        await page.MouseAsync("mouseMoved", place["x"]!.GetValue<double>(), place["y"]!.GetValue<double>(), Token);
        await page.DrawnAsync(Token);
    }

    private static async Task<(double From, double To)> SpanAsync(BrowserPage page)
    {
        await page.DrawnAsync(Token);
        return (await page.NumberAsync("report.view.from", Token), await page.NumberAsync("report.view.to", Token));
    }

    /// <summary>Types, and waits until the lanes have followed.</summary>
    private static async Task FilterAsync(BrowserPage page, string field, string value)
    {
        await page.EvaluateAsync(
            $$"""
            new Promise(done => {
              const box = document.getElementById('{{field}}');
              box.value = {{JsonValue.Create(value).ToJsonString()}};
              box.dispatchEvent(new Event('input'));
              const drawn = report.draws;
              const look = () => report.draws > drawn ? done(1) : requestAnimationFrame(look);
              look();
            })
            """,
            Token).Within(Bounded.Limit);
    }

    private static async Task AssertQuietAsync(BrowserPage page)
    {
        await page.DrawnAsync(Token);
        Assert.Empty(page.Errors);
        Assert.Single(page.Requests);
        Assert.StartsWith("file:///", page.Requests.Single(), StringComparison.Ordinal);
    }
}
