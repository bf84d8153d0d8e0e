using System.Text;
using System.Text.Json;
using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Cli;

/// <summary>Commands of one member, the values they carry, and what holds the member.</summary>
public sealed class CommandTests
{
    public static TheoryData<string> Values =>
    [
        "", " ", "a b  c ", "*", "a=b=c", "=", ">out", @"back\slash\n", "line\nbreak\n", "tab\there", "ünïcode 漢字 🚀", "-x", "--json", "$(false)`'\"", "@file", "[x]",
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public async Task L2_Value_ComesAsItWasSent(string value)
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Assert.Equal(0, (await lab.RunAsync("a", "send", "m", $"free-space={value}")).ExitCode);

        ProgramRun got = await lab.RunAsync("b", "wait", "m", "--get", "free-space");
        ProgramRun json = await lab.RunAsync("b", "wait", "m", "--json");
        Command data = lab.Start("a", "data", "d", "--", value);
        ProgramRun given = await lab.RunAsync("b", "data", "d", "--get", "a");

        Assert.Equal(value + "\n", got.Output);
        Assert.Equal(value, JsonDocument.Parse(json.Output).RootElement[0].GetProperty("data").GetProperty("free-space").GetString());
        Assert.Equal(value + "\n", given.Output);
        Assert.Equal(0, (await data.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task LargeValue_ComesByStandardInput()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        string large = new('x', 1 << 20);
        Command giver = await lab.Start("a", "data", "d", "-").GiveAsync(Encoding.UTF8.GetBytes(large));
        Command sender = await lab.Start("a", "send", "m", "--data-stdin").GiveAsync(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string> { ["k"] = large }));

        Assert.Equal(large + "\n", (await lab.RunAsync("b", "data", "d", "--get", "a")).Output);
        Assert.Equal(large + "\n", (await lab.RunAsync("b", "wait", "m", "--get", "k")).Output);
        Assert.Equal(0, (await giver.EndAsync()).ExitCode);
        Assert.Equal(0, (await sender.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task InputThatIsNoText_EndsWith65()
    {
        await using ToolLab lab = await ToolLab.StartAsync();

        Command bytes = await lab.Start("a", "data", "d", "-").GiveAsync([0xff, 0xfe]);
        Command noMap = await lab.Start("a", "send", "d", "--data-stdin").GiveAsync("[1]"u8.ToArray());

        Assert.Equal(65, (await bytes.EndAsync()).ExitCode);
        Assert.Equal(65, (await noMap.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Rule18_MemberSendsWhileItWaitsInTheBackground()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Command wait = lab.Start("a", "wait", "reply", "--get", "k");
        await lab.WaitedForAsync("reply");

        Assert.Equal(0, (await lab.RunAsync("a", "send", "question")).ExitCode);
        Assert.Equal(0, (await lab.RunAsync("b", "wait", "question")).ExitCode);
        Assert.Equal(0, (await lab.RunAsync("b", "send", "reply", "k=v")).ExitCode);

        Assert.Equal("v\n", (await wait.EndAsync()).Output);
    }

    [Fact]
    public async Task MessagesStay_BetweenCommands()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        await lab.RunAsync("a", "send", "m", "k=v");

        for (int i = 0; i < 3; i++) Assert.Equal("a\tk=v\n", (await lab.RunAsync("b", "wait", "m")).Output);
    }

    [Theory]
    [InlineData(0, "true", 82)]
    [InlineData(3, "exit 3", 83)]
    [InlineData(137, "kill -9 $$", 83)]
    [InlineData(0, "syncnet barrier in", 82)]
    public async Task Hold_CommandEnds_TheMemberLeavesOrFails(int code, string script, int others)
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Command wait = lab.Start("b", "barrier", "x");
        await lab.WaitedForAsync("x");
        Command inside = lab.Start("b", "barrier", "in", "--timeout", "20");

        ProgramRun held = await lab.RunAsync("a", "hold", "--", "sh", "-c", script);

        Assert.True(held.ExitCode == code, held.All);
        Assert.Equal(others, (await wait.EndAsync()).ExitCode);
        await inside.EndAsync();
    }

    [Fact]
    public async Task Hold_CommandThatCannotBeStarted_EndsAsAShellDoes()
    {
        await using ToolLab lab = await ToolLab.StartAsync();

        Assert.Equal(127, (await lab.RunAsync("a", "hold", "--", "no-such-program")).ExitCode);
        Assert.Equal(126, (await lab.RunAsync("a", "hold", "--", lab.Folder)).ExitCode);
    }

    [Fact]
    public async Task Hold_GetsSIGTERM_TheCommandDoes()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        Command holder = lab.Start("a", "hold", "--", "sh", "-c", "trap 'exit 7' TERM; echo up; while :; do sleep 0.05; done");
        await holder.FirstLineAsync();

        PosixSignals.Send(holder, PosixSignals.Terminate);

        Assert.Equal(7, (await holder.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Serve_SIGTERM_StopsInGoodOrder()
    {
        await using ToolLab lab = await ToolLab.StartAsync("--server-file", "server");
        string endpoint = lab.Variables["SYNC_NET_ENDPOINT"]!;
        string port = await File.ReadAllTextAsync(Path.Combine(lab.Folder, "server-port"), TestContext.Current.CancellationToken);
        string place = await File.ReadAllTextAsync(Path.Combine(lab.Folder, "server"), TestContext.Current.CancellationToken);

        PosixSignals.Send(lab.Server, PosixSignals.Terminate);
        ProgramRun run = await lab.Server.EndAsync();

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Equal(endpoint[(endpoint.LastIndexOf(':') + 1)..] + "\n", port);
        Assert.Equal(endpoint + "\n", place);
    }

    [Fact]
    public async Task Serve_BeyondTheMachineWithoutKey_IsRefused()
    {
        await using ToolLab lab = await ToolLab.StartAsync();

        ProgramRun run = await lab.RunAsync(null, "serve", "--listen", "0.0.0.0:0");

        Assert.Equal(64, run.ExitCode);
        Assert.Contains("key", run.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Key_IsReadFromAFile()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "0123456789abcdef0123456789abcdef\n", TestContext.Current.CancellationToken);
        await using ToolLab lab = await ToolLab.StartAsync("--key-file", file);

        Command a = lab.Start("a", "barrier", "x", "--key-file", file);
        Assert.Equal(0, (await lab.RunAsync("b", "barrier", "x", "--key-file", file)).ExitCode);
        Assert.Equal(0, (await a.EndAsync()).ExitCode);
        Assert.Equal(77, (await lab.RunAsync("b", "barrier", "x")).ExitCode);
        File.Delete(file);
    }
}
