using Sync.Net.IntegrationTests.Harness;

namespace Sync.Net.IntegrationTests.Cli;

/// <summary>L6: the file in which scripts find the data of their last wait.</summary>
public sealed class CacheTests
{
    [Fact]
    public async Task L6_Variable_IsForMessagesAndTheOptionIsStronger()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        string cache = Path.Combine(lab.Folder, "cache");
        lab.Variables["SYNC_NET_CACHE"] = cache;

        ProgramRun run = await lab.StartScript("a", """
            set -e
            syncnet send up port=1 && SYNC_NET_MEMBER=b syncnet send up port=2
            syncnet wait up > /dev/null && cat cache
            syncnet wait-all up > /dev/null && cat cache
            syncnet wait up --cache other > /dev/null && cat other
            SYNC_NET_MEMBER=b syncnet sync round i=1 > /dev/null &
            syncnet sync round i=1 > /dev/null && sort cache
            wait $!
            syncnet send empty && syncnet wait empty && test ! -e cache
            """).EndAsync();

        Assert.True(run.ExitCode == 0, run.All);
        Assert.Equal("port=1\nport=2\na:port=1\nb:port=2\nport=1\nport=2\na:i=1\nb:i=1\n", run.Output);
    }

    [Theory]
    [InlineData("wait", "never", "--timeout", "0")]
    [InlineData("wait-all", "never", "--timeout", "0")]
    [InlineData("sync", "never", "--timeout", "0")]
    [InlineData("data", "never", "v", "--timeout", "0", "--cache", "cache")]
    [InlineData("wait", "never", "--endpoint", "127.0.0.1:1", "--timeout", "0.2")]
    public async Task L6_FailedWait_LeavesNoEarlierData(params string[] wait)
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        string cache = Path.Combine(lab.Folder, "cache");
        lab.Variables["SYNC_NET_CACHE"] = cache;
        await File.WriteAllTextAsync(cache, "port=of an earlier call\n", TestContext.Current.CancellationToken);

        Assert.Equal(124, (await lab.RunAsync("a", wait)).ExitCode);

        Assert.False(File.Exists(cache));
    }

    [Fact]
    public async Task L6_ReaderMeanwhile_SeesTheWholeFileOrNone()
    {
        await using ToolLab lab = await ToolLab.StartAsync();
        string cache = Path.Combine(lab.Folder, "cache");
        string whole = $"k={new string('x', 1 << 20)}\n";
        lab.Variables["SYNC_NET_CACHE"] = cache;
        Command sender = await lab.Start("a", "send", "m", "--data-stdin").GiveAsync([.. "{\"k\":\""u8, .. Enumerable.Repeat((byte)'x', 1 << 20), .. "\"}"u8]);
        Assert.Equal(0, (await sender.EndAsync()).ExitCode);
        await lab.InstallAsync("lava");

        using CancellationTokenSource over = new();
        Task<int> reader = Task.Run(() => SeenWhole(cache, whole, over.Token), TestContext.Current.CancellationToken);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(0, (await lab.RunAsync("b", "wait", "m")).ExitCode);
            Assert.Equal(0, (await lab.StartScript("b", "lava-wait m").EndAsync()).ExitCode);
        }
        await over.CancelAsync();

        Assert.True(await reader > 0);
        Assert.Equal(["cache"], Directory.GetFiles(lab.Folder, "cache*").Select(Path.GetFileName));
    }

    /// <summary>How often the file was there; anything but the whole of it fails.</summary>
    private static int SeenWhole(string cache, string whole, CancellationToken over)
    {
        int seen = 0;
        while (!over.IsCancellationRequested)
        {
            try
            {
                string text = File.ReadAllText(cache);
                Assert.True(text == whole, $"{text.Length} of {whole.Length} characters were there");
                seen++;
            }
            catch (FileNotFoundException)
            {
                Thread.Yield();
            }
        }
        return seen;
    }
}
