using System.Text;
using Sync.Net.Objects;

namespace Sync.Net.Tests.Objects;

public sealed class RecordFileTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Fact]
    public async Task Append_ManyWritersAtOnce_EachLineIsWhole()
    {
        const int Writers = 8;
        const int Each = 500;
        // Lengths that no buffer is a multiple of.
        string LineOf(int writer, int i) => $"{writer} {new string((char)('a' + writer), 1 + (i * 37 % 5000))}";

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (int i = 0; i < Each; i++) RecordFile.Append(_file, Encoding.UTF8.GetBytes(LineOf(writer, i) + "\n"));
        })));

        string[] expected = [.. Enumerable.Range(0, Writers).SelectMany(writer => Enumerable.Range(0, Each).Select(i => LineOf(writer, i)))];
        string[] lines = await File.ReadAllLinesAsync(_file, TestContext.Current.CancellationToken);
        Assert.Equal(expected.Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Append_ToAFullDevice_Says()
    {
        if (!OperatingSystem.IsLinux()) return;
        Assert.Throws<IOException>(() => RecordFile.Append("/dev/full", "x\n"u8));
    }

    public void Dispose() => File.Delete(_file);
}
