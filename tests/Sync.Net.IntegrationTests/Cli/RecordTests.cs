using System.Text.Json;
using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Cli;

/// <summary>L10: processes of verbs and of other systems' commands record their calls into one file.</summary>
public sealed class RecordTests
{
    [Fact]
    public async Task L10_VerbsAndCommandsOfOtherSystems_RecordIntoOneFile()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        foreach (string profile in new[] { "lava", "emulab", "restraint" }) await lab.InstallAsync(profile);
        lab.Variables["SYNC_NET_GROUP"] = "g";
        lab.Variables["SYNC_NET_CACHE"] = Path.Combine(lab.Folder, "cache");
        lab.Variables["SYNC_NET_RECORD"] = Path.Combine(lab.Folder, "record.jsonl");

        ProgramRun run = await lab.StartScript("a", """
            SYNC_NET_MEMBER=b syncnet barrier start & syncnet barrier start; wait $!
            SYNC_NET_MEMBER=b syncnet data d 'a secret' > /dev/null & syncnet data d > /dev/null; wait $!
            lava-send up k='a secret'; lava-wait up > /dev/null
            rstrnt-sync-set READY; rstrnt-sync-block -s READY a
            emulab-sync -a -i 1; emulab-sync
            syncnet wait never --timeout 0.2 --record "$PWD/other.jsonl"
            syncnet wait never --endpoint 127.0.0.1:1 --timeout 0.1
            syncnet status > /dev/null; syncnet self > /dev/null
            true
            """).EndAsync();
        Assert.True(run.ExitCode == 0, run.All);

        JsonElement[] lines = Read(lab, "record.jsonl");
        Assert.Equal(
            ["barrier pass", "barrier pass", "count-add pass", "count-wait pass", "data pass", "data pass", "join timeout", "send pass", "state-set pass", "state-wait pass", "wait pass"],
            lines.Select(line => $"{Text(line, "call")} {(Text(line, "outcome") == "pass" ? "pass" : Text(line, "failure"))}").Order(StringComparer.Ordinal));
        Assert.All(lines, line => Assert.Equal("g", Text(line, "group")));
        Assert.All(lines, line => Assert.True(line.GetProperty("end").GetDouble() >= line.GetProperty("start").GetDouble()));
        JsonElement[] barriers = [.. lines.Where(line => Text(line, "call") == "barrier")];
        Assert.Equal(["a", "b"], barriers.Select(line => Text(line, "member")).Order(StringComparer.Ordinal));
        Assert.Single(barriers.Select(line => Text(line, "last")).Distinct());
        Assert.Equal("wait timeout", $"{Text(Read(lab, "other.jsonl").Single(), "call")} {Text(Read(lab, "other.jsonl").Single(), "failure")}");
        Assert.DoesNotContain("secret", await File.ReadAllTextAsync(lab.Variables["SYNC_NET_RECORD"]!, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task L10_FileThatCanNotBeWritten_IsAUsageError()
    {
        await using ToolLab lab = await ToolLab.StartAsync();

        ProgramRun run = await lab.RunAsync("a", "send", "x", "--record", Path.Combine(lab.Folder, "none", "record"));

        Assert.Equal(64, run.ExitCode);
        Assert.Contains("SYNC_NET_RECORD", run.Error, StringComparison.Ordinal);
    }

    private static JsonElement[] Read(ToolLab lab, string file) =>
        [.. File.ReadLines(Path.Combine(lab.Folder, file)).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string? Text(JsonElement line, string field) => line.GetProperty(field).GetString();
}
