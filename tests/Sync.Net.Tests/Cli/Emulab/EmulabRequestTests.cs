using Sync.Net.Cli.Emulab;

namespace Sync.Net.Tests.Cli.Emulab;

public sealed class EmulabRequestTests
{
    [Fact]
    public void ToBytes_Read_GivesTheSame()
    {
        var request = new EmulabRequest(new string('n', 63), true, true, 70_000, 239);

        byte[] bytes = request.ToBytes();

        Assert.Equal(76, bytes.Length);
        Assert.Equal(request, EmulabRequest.Read(bytes));
    }

    [Fact]
    public void Read_EmptyName_IsTheDefault() =>
        Assert.Equal("barrier", EmulabRequest.Read(new EmulabRequest("", false, false, 0, 0).ToBytes())!.Name);

    [Theory]
    [InlineData(64, 3)]
    [InlineData(64, 0)]
    [InlineData(72, 240)]
    [InlineData(0, 0xff)]
    [InlineData(0, 10)]
    [InlineData(63, 1)]
    public void Read_OneWrongByte_IsNoRequest(int offset, byte value)
    {
        byte[] bytes = new EmulabRequest(new string('n', 63), false, false, 0, 0).ToBytes();
        bytes[offset] = value;

        Assert.Null(EmulabRequest.Read(bytes));
        Assert.Null(EmulabRequest.Read(bytes.AsSpan(1)));
    }
}
