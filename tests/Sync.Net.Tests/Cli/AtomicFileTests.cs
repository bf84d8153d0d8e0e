using Sync.Net.Cli.Output;

namespace Sync.Net.Tests.Cli;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atomic-").FullName;

    [Fact]
    public async Task Write_ReaderMeanwhile_SeesOneWholeContent()
    {
        string path = Path.Combine(_folder, "cache");
        byte[][] contents = [.. new byte[] { 1, 2, 3 }.Select(value => Enumerable.Repeat(value, 300_000 * value).ToArray())];
        AtomicFile.Write(path, contents[0]);
        using CancellationTokenSource over = new();
        Task<int> reader = Task.Run(
            () =>
            {
                int seen = 0;
                for (; !over.IsCancellationRequested; seen++)
                {
                    byte[] bytes = File.ReadAllBytes(path);
                    Assert.True(bytes.AsSpan().SequenceEqual(contents[bytes[0] - 1]), $"{bytes.Length} bytes");
                }
                return seen;
            },
            TestContext.Current.CancellationToken);

        for (int i = 0; i < 300; i++) AtomicFile.Write(path, contents[i % 3]);
        await over.CancelAsync();

        Assert.True(await reader > 0);
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Write_NoSuchFolder_FailsAndLeavesNothing()
    {
        Assert.ThrowsAny<IOException>(() => AtomicFile.Write(Path.Combine(_folder, "none", "cache"), "x"u8));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
