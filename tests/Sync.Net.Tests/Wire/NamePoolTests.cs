using System.Text;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Wire;

public sealed class NamePoolTests
{
    [Theory]
    [InlineData("db1")]
    [InlineData("Zürich#2")]
    [InlineData("成都")]
    public void Get_SameBytesAgain_GivesTheSameString(string name)
    {
        NamePool pool = new();

        string first = pool.Get(Encoding.UTF8.GetBytes(name));

        Assert.Equal(name, first);
        Assert.Same(first, pool.Get(Encoding.UTF8.GetBytes(name)));
    }

    [Fact]
    public void Get_MoreNamesThanPlaces_GivesEachItsOwn()
    {
        NamePool pool = new(capacity: 4);
        for (int i = 0; i < 1000; i++) Assert.Equal($"member-{i}", pool.Get(Encoding.UTF8.GetBytes($"member-{i}")));
    }

    [Fact]
    public void Get_LongName_IsNotKept()
    {
        NamePool pool = new();
        byte[] name = Encoding.UTF8.GetBytes(new string('n', NamePool.MaxPooledBytes + 1));

        Assert.NotSame(pool.Get(name), pool.Get(name));
    }

    [Fact]
    public async Task Get_FromManyThreads_GivesTheRightNames()
    {
        NamePool pool = new(capacity: 8);

        await Parallel.ForAsync(0, 8, TestContext.Current.CancellationToken, (_, _) =>
        {
            for (int i = 0; i < 2000; i++) Assert.Equal($"m{i % 50}", pool.Get(Encoding.UTF8.GetBytes($"m{i % 50}")));
            return ValueTask.CompletedTask;
        });
    }
}
