namespace Sync.Net.Tests.PublicApi.Groups;

// What messages carry.
public abstract partial class GroupConformanceTests
{
    public static TheoryData<string, string> Entries => new()
    {
        { "free-space", "12 GB" },
        { "server-ip", "10.0.0.1" },
        { "spaces", "  two  and two  " },
        { "star", "* a*b ?" },
        { "equals", "a=b=c" },
        { "arrows", "> < >> |" },
        { "back", """C:\new\table\\""" },
        { "lines", "one\ntwo\r\n\tthree" },
        { "quotes", "it's \"quoted\" `and` $HOME" },
        { "utf8", "żółć 漢字 🚀 \u0000" },
        { "a key=with all > of \\ it\n", "x" },
        { "empty", "" },
        { "", "no key" },
    };

    [Theory]
    [MemberData(nameof(Entries))]
    public async Task L2_Data_ArrivesAsItWasSent(string key, string value)
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        await m[0].SendAsync("id with spaces=and*more", Map((key, value), ("other-key", "1")), cancellationToken: Token);

        SyncMessage got = (await m[1].WaitAsync("id with spaces=and*more", Token)).Latest!;

        Assert.Equal(value, got[key]);
        Assert.Equal(value, got.Data[key]);
        Assert.Equal(2, got.Data.Count);
    }

    [Fact]
    public async Task L2_NoData_IsNotAnEmptyMap()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        await m[0].SendAsync("x", Token);
        await m[0].SendAsync("x", Map(), cancellationToken: Token);

        SyncMessages got = await m[1].WaitAsync("x", Token);

        Assert.Equal([false, true], got.Select(message => message.HasData));
        Assert.All(got, message => Assert.Empty(message.Data));
        Assert.Throws<InvalidOperationException>(() => got[0].Read<string>());
        Assert.Contains("'ip'", Assert.Throws<KeyNotFoundException>(() => got[1]["ip"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Value_IsReadAsWhatItWasSent()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        await m[0].SendValueAsync("n", 4711, cancellationToken: Token);
        await m[0].SendValueAsync("n", "text", cancellationToken: Token);
        await m[0].SendValueAsync("n", new byte[] { 1, 2 }, cancellationToken: Token);

        SyncMessages got = await m[1].WaitAsync("n", Token);

        Assert.Equal(4711, got[0].Read<int>());
        Assert.Equal("text", got[1].Read<string>());
        Assert.Equal([1, 2], got[2].Read<byte[]>());
    }

    [Fact]
    public async Task Value_ReadAsAnotherType_IsAMismatchThatNamesBoth()
    {
        SyncGroup[] m = await JoinAllAsync("a b");
        await m[0].SendValueAsync("n", 4711, cancellationToken: Token);
        SyncMessage got = (await m[1].WaitAsync("n", Token)).Latest!;

        foreach (Action read in new Action[] { () => got.Read<string>(), () => _ = got.Data, () => _ = got["x"] })
        {
            SyncFailure failure = Assert.Throws<SyncException>(read).Failure;
            Assert.Equal((SyncFailureKind.Mismatch, "a", "n"), (failure.Kind, failure.Culprit, failure.Session));
            Assert.DoesNotContain("4711", failure.ToString(), StringComparison.Ordinal);
        }
        Assert.Equal(4711, got.Read<int>());
    }

    [Fact]
    public async Task SyncValue_AllGetEachOthersValues()
    {
        SyncGroup[] m = await JoinAllAsync("a b");

        SyncMessages[] got = await AllAsync(m[0].SyncValueAsync("n", 1, cancellationToken: Token), m[1].SyncValueAsync("n", 2, cancellationToken: Token));

        Assert.All(got, all => Assert.Equal((1, 2), (all.LatestBySender["a"].Read<int>(), all.LatestBySender["b"].Read<int>())));
    }
}
