using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sync.Net.Runner;
using Sync.Net.Runner.Reports;
using Sync.Net.Runner.Reports.Analysis;

namespace Sync.Net.Tests.Runner.Reports;

/// <summary>What the files hold, and that no name breaks one.</summary>
public sealed partial class ReportFileTests : IDisposable
{
    private static readonly string[] Names = [RunReports.JUnitFile, RunReports.TapFile, RunReports.PageFile, RunReports.PictureFile, RunReports.TraceFile];

    private readonly string _folder = Directory.CreateTempSubdirectory("sync-net-reports-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_MakesAllFiles_TheSameForTheSameResult_InPlaceOfOlderOnes()
    {
        RunReports.Write(SampleRuns.Pair(), _folder);
        RunReports.Write(SampleRuns.Lost(), _folder);
        byte[][] once = [.. Names.Select(name => File.ReadAllBytes(Path.Combine(_folder, name)))];
        RunReports.Write(SampleRuns.Lost(), _folder);

        Assert.Equal(Names.Order(StringComparer.Ordinal), Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(once, Names.Select(name => File.ReadAllBytes(Path.Combine(_folder, name))));
    }

    [Fact]
    public void L10_JUnit_EverySynchronisationIsACaseWithItsWaitingTime_AndSaysWhoWasLast()
    {
        XElement[] suites = [.. JUnitOf(SampleRuns.Lost()).Elements("testsuite")];
        XElement server = suites.Single(s => s.Attribute("name")!.Value == "server");

        Assert.Equal(["run nightly", "server", "client1", "client2", "client3"], suites.Select(s => s.Attribute("name")!.Value));
        Assert.Equal(["verdict", "barrier 'start' #1", "message 'ready' wait-all", "barrier 'done' #1"], server.Elements("testcase").Select(c => c.Attribute("name")!.Value));
        Assert.Equal(["31.000000", "11.000000", "3.000000", "12.000000"], server.Elements("testcase").Select(c => c.Attribute("time")!.Value));
        Assert.Equal("last: client1", server.Elements("testcase").ElementAt(1).Element("system-out")!.Value);
        XElement failure = server.Elements("testcase").ElementAt(3).Element("failure")!;
        Assert.Equal(("member-lost: Barrier 'done': member client2 was lost.", "member-lost"), (failure.Attribute("message")!.Value, failure.Attribute("type")!.Value));
        Assert.Equal("because of client2; missing: client2", failure.Value);
        Assert.Equal("fail (root cause): killed by signal 9", suites[3].Element("testcase")!.Element("failure")!.Attribute("message")!.Value);
        Assert.NotNull(suites[4].Element("testcase")!.Element("skipped"));
        Assert.NotNull(suites[0].Element("testcase")!.Element("failure"));
    }

    [Theory]
    [InlineData(true, "released", null)]
    [InlineData(false, "released", "failure")]
    [InlineData(true, "open", "error")]
    [InlineData(false, "server-lost", "error")]
    [InlineData(false, "open", "error")]
    [InlineData(true, "withdrawn", "skipped")]
    [InlineData(false, "timeout", "failure")]
    [InlineData(true, "something-new", "failure")]
    public void X1_JUnit_OnlyWhatWasReallyMetIsAPass(bool isMet, string outcome, string? element)
    {
        RunResult run = new RunSketch("r").Member("a", to: 2).Unmet("a", 1, 2, "x", outcome).Ends(2);
        WaitRecord wait = run.Waits[0] with { IsMet = isMet };
        run = new RunResult { Name = "r", Group = "g", Verdict = Verdict.Fail, Started = run.Started, Ended = run.Ended, Members = run.Members, Waits = [wait] };

        XElement @case = JUnitOf(run).Elements("testsuite").Last().Elements("testcase").Last();

        Assert.Equal(element, @case.Elements().FirstOrDefault()?.Name.LocalName);
    }

    [Theory]
    [InlineData(Verdict.Pass, null)]
    [InlineData(Verdict.Warn, null)]
    [InlineData(Verdict.Skip, "skipped")]
    [InlineData(Verdict.Fail, "failure")]
    [InlineData(Verdict.Error, "error")]
    [InlineData(Verdict.Interrupted, "error")]
    public void V8_JUnit_VerdictsOfMemberAndRunAreCases(Verdict verdict, string? element)
    {
        XElement[] cases = [.. JUnitOf(new RunSketch("r").Member("a", to: 1, verdict: verdict, reason: "why").Ends(1, verdict, "why")).Descendants("testcase")];

        Assert.Equal(2, cases.Length);
        Assert.All(cases, @case => Assert.Equal(element, @case.Elements().FirstOrDefault(e => e.Name.LocalName != "system-out")?.Name.LocalName));
        if (verdict != Verdict.Pass) Assert.All(cases, @case => Assert.Contains("why", @case.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void JUnit_SameNames_AreToldApart()
    {
        RunSketch sketch = new RunSketch("r").Member("a", to: 9);
        for (int i = 0; i < 3; i++) sketch.Met("a", i, i + 1, "m", null, 0, "message", "wait");

        string[] names = [.. JUnitOf(sketch.Ends(9)).Elements("testsuite").Last().Elements("testcase").Select(c => c.Attribute("name")!.Value)];

        Assert.Equal(["verdict", "message 'm' wait", "message 'm' wait (2)", "message 'm' wait (3)"], names);
    }

    [Fact]
    public void Tap_HostileNames_StayInTheirLines()
    {
        string[] lines = TextOf(SampleRuns.Hostile(), RunReports.TapFile).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] results = [.. lines.Where(line => Result().IsMatch(line))];

        Assert.Equal("TAP version 13", lines[0]);
        Assert.Equal($"1..{1 + (4 * SampleRuns.HostileNames.Length)}", lines[1]);
        Assert.Equal(1 + (4 * SampleRuns.HostileNames.Length), results.Length);
        Assert.Equal(Enumerable.Range(1, results.Length), results.Select(line => int.Parse(Result().Match(line).Groups["number"].Value, null)));
        Assert.All(lines.Skip(2).Except(results), line => Assert.StartsWith("  ", line, StringComparison.Ordinal));
        // The only # that stands free is that of a skip.
        Assert.All(results, line => Assert.Equal(line.Contains("withdrawn", StringComparison.Ordinal) ? 1 : 0, FreeHash().Count(line)));
    }

    [Fact]
    public void Page_HostileNames_EndNoElement_AndTheScriptIsNamedByItsHash()
    {
        string page = TextOf(SampleRuns.Hostile(), RunReports.PageFile);

        Assert.Equal(2, Regex.Count(page, "<script"));
        Assert.Equal(2, Regex.Count(page, "</script"));
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        string script = Regex.Match(page, "<script>(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        string hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        Assert.Contains($"script-src 'sha256-{hash}'", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=", page[..page.IndexOf("<script", StringComparison.Ordinal)]);
    }

    [Fact]
    public void Picture_HostileNamesAndALargeRun_IsXmlOfBoundedSize()
    {
        XDocument.Parse(TextOf(SampleRuns.Hostile(), RunReports.PictureFile));

        string large = TextOf(SampleRuns.Crowd(600, 60), RunReports.PictureFile);
        XDocument picture = XDocument.Parse(large);

        Assert.InRange(large.Length, 1, 3_000_000);
        Assert.InRange((double)picture.Root!.Attribute("height")!, 3000, 4000);
        Assert.Contains("and 200 members more", large, StringComparison.Ordinal);
    }

    [Fact]
    public void Trace_SlicesOfAThreadNest_AndArrowsLeadFromTheStraggler()
    {
        using JsonDocument trace = JsonDocument.Parse(TextOf(SampleRuns.Lost(), RunReports.TraceFile));
        JsonElement[] events = [.. trace.RootElement.GetProperty("traceEvents").EnumerateArray()];
        string Phase(JsonElement e) => e.GetProperty("ph").GetString()!;
        decimal Number(JsonElement e, string name) => e.GetProperty(name).GetDecimal();

        JsonElement[] slices = [.. events.Where(e => Phase(e) == "X")];
        Assert.Equal(8, slices.Count(s => s.GetProperty("name").GetString() != "work"));
        foreach (var thread in slices.GroupBy(s => Number(s, "tid")))
        {
            JsonElement[] ordered = [.. thread.OrderBy(s => Number(s, "ts")).ThenBy(s => Number(s, "dur"))];
            Assert.All(ordered.Zip(ordered.Skip(1)), pair => Assert.True(Number(pair.First, "ts") + Number(pair.First, "dur") <= Number(pair.Second, "ts")));
        }
        Assert.Equal(["alpha", "beta", "gamma"], events.Where(e => e.GetProperty("name").GetString() == "process_name").Select(e => e.GetProperty("args").GetProperty("name").GetString()));

        // The two who waited for client1 in 'start', and server, which waited for client2's message.
        JsonElement[] from = [.. events.Where(e => Phase(e) == "s")], to = [.. events.Where(e => Phase(e) == "f")];
        Assert.Equal([12_000_000m, 12_000_000m, 16_000_000m], from.Select(e => Number(e, "ts")));
        Assert.Equal(from.Select(e => Number(e, "id")), to.Select(e => Number(e, "id")));
        Assert.All(from.Zip(to), pair => Assert.NotEqual(Number(pair.First, "tid"), Number(pair.Second, "tid")));
        Assert.Equal(["Joined", "Joined", "Lost", "Joined", "Lost", "Failed"], events.Where(e => Phase(e) == "i").Select(e => e.GetProperty("name").GetString()));
    }

    /// <summary>What the format asks of each phase, whatever the names are.</summary>
    [Fact]
    public void Trace_EveryEvent_HasWhatItsPhaseNeeds()
    {
        foreach (RunResult run in new[] { SampleRuns.Pair(), SampleRuns.Lost(), SampleRuns.Hostile() })
        {
            using JsonDocument trace = JsonDocument.Parse(TextOf(run, RunReports.TraceFile));
            JsonElement[] events = [.. trace.RootElement.GetProperty("traceEvents").EnumerateArray()];
            Assert.NotEmpty(events);
            foreach (JsonElement each in events)
            {
                Assert.NotEqual("", each.GetProperty("name").GetString());
                Assert.True(each.GetProperty("pid").GetInt32() > 0 && each.GetProperty("tid").GetInt32() >= 0 && each.GetProperty("ts").GetDecimal() >= 0, each.ToString());
                switch (each.GetProperty("ph").GetString())
                {
                    case "X": Assert.True(each.GetProperty("dur").GetDecimal() >= 0, each.ToString()); break;
                    case "M": Assert.NotEqual("", each.GetProperty("args").GetProperty("name").GetString()); break;
                    case "s" or "f": Assert.Equal("release", each.GetProperty("cat").GetString()); break;
                    case "i": Assert.Equal("t", each.GetProperty("s").GetString()); break;
                    default: Assert.Fail(each.ToString()); break;
                }
            }
            var arrows = events.Where(static each => each.TryGetProperty("id", out _)).GroupBy(static each => each.GetProperty("id").GetInt32());
            Assert.All(arrows, static arrow => Assert.Equal("sf", string.Concat(arrow.OrderBy(static each => each.GetProperty("ts").GetDecimal()).Select(static each => each.GetProperty("ph").GetString()))));
            var named = events.Where(static each => each.GetProperty("name").GetString() == "thread_name").Select(static each => each.GetProperty("tid").GetInt32()).ToHashSet();
            Assert.All(events.Where(static each => each.GetProperty("ph").GetString() is "X" or "s" or "f" or "i"), each => Assert.Contains(each.GetProperty("tid").GetInt32(), named));
        }
    }

    [Fact]
    public void Summary_TellsWhoFailedFirst_WhoHeldUpWhom_AndThePath()
    {
        Assert.Equal(
            [
                "FAIL nightly in 31 s: client2: killed by signal 9",
                "root cause: client2 on gamma: killed by signal 9",
                "collateral: server on alpha: it waited for client2, which was lost",
                "collateral: client1 on beta: it waited for client2, which was lost",
                "… and 1 more member",
                "held up: client2: others waited 3 s and 20.8 s in vain for it (server 15 s, client1 8.8 s)",
                "held up: client1: others waited 20 s for it (server 11 s, client2 9 s)",
                "held up: client3: others waited 2 s in vain for it (client1 2 s)",
                "cost: barrier 'done': 0.333 host-minutes in 2 waits",
                "cost: barrier 'start': 0.333 host-minutes in 3 waits, most often last: client1",
                "cost: message 'ready': 0.05 host-minutes in 1 wait, most often last: client2",
                "… and 2 more sessions",
                "path: … and 1 hop before",
                "path: client2 worked 8 s, released from barrier 'start' #1, until it ended barrier 'done' #1 for others by member-lost; server waited 12 s for it.",
                "path: server waited 10 s in barrier 'done' #1 in vain: member-lost, because of client2; missing: client2.",
                "path: server worked 1 s, after barrier 'done' #1 ended by member-lost, until it ended with exit code 81, the last of all.",
            ],
            RunSummary.Lines(RunAnalysis.Of(SampleRuns.Lost()), most: 3));
    }

    private XElement JUnitOf(RunResult run) => XDocument.Parse(TextOf(run, RunReports.JUnitFile)).Root!;

    private string TextOf(RunResult run, string name)
    {
        RunReports.Write(run, _folder);
        return File.ReadAllText(Path.Combine(_folder, name));
    }

    [GeneratedRegex(@"^(not )?ok (?<number>\d+) - ")]
    private static partial Regex Result();

    [GeneratedRegex(@"(?<!\\)(\\\\)*#")]
    private static partial Regex FreeHash();
}
