using System.Buffers;
using System.Text;
using Sync.Net.Payloads;

namespace Sync.Net.Tests.Payloads;

public sealed class ContractTests
{
    [Theory]
    [InlineData(typeof(int), "Int32")]
    [InlineData(typeof(byte[]), "bytes")]
    [InlineData(typeof(ReadOnlyMemory<byte>), "bytes")]
    [InlineData(typeof(string), "string")]
    [InlineData(typeof(int[,]), "Int32[,]")]
    [InlineData(typeof(PublicRecord), "PublicRecord")]
    [InlineData(typeof(Nested), "Nested")]
    [InlineData(typeof(List<PublicRecord[]>), "List<PublicRecord[]>")]
    [InlineData(typeof(Dictionary<string, List<byte[]>>), "Dictionary<string,List<bytes>>")]
    [InlineData(typeof((int, string)), "ValueTuple<Int32,string>")]
    public void NameOf_Type_IsItsShortName(Type type, string name) => Assert.Equal(name, PayloadContract.NameOf(type));

    [Fact]
    public void Shorten_LongName_FitsAndStaysDistinct()
    {
        string first = PayloadContract.Shorten(new string('ä', 300));
        string second = PayloadContract.Shorten(new string('ä', 301));
        Assert.True(Encoding.UTF8.GetByteCount(first) <= 200);
        Assert.NotEqual(first, second);
        Assert.Equal("short", PayloadContract.Shorten("short"));
    }

    [Theory]
    [InlineData("a", "b", true)]
    [InlineData("a", "a", false)]
    [InlineData("", "b", false)]
    [InlineData("a", null, false)]
    public void Differ_OnlyNamedContracts_AreCompared(string? theirs, string? ours, bool differ) =>
        Assert.Equal(differ, PayloadContract.Differ(theirs, ours));

    [Fact]
    public void Serializer_OfTheCaller_TakesEverything()
    {
        var options = new SyncOptions { Serializer = new Reversing() };
        PayloadSerializer<string> strings = PayloadSerializers.Create<string>(options);
        Assert.Equal("reversed-String", strings.Contract);
        Assert.Equal("cba"u8.ToArray(), strings.Write("abc").ToArray());
        Assert.Equal("abc", strings.Read("cba"u8.ToArray()));
    }

    [Fact]
    public void Serializer_WithoutContract_IsUnchecked() =>
        Assert.Equal("", PayloadSerializers.Create<int>(new SyncOptions { Serializer = new Broken() }).Contract);

    [Fact]
    public void Serializer_ThatThrowsOrGivesNull_IsAPayloadFailure()
    {
        var options = new SyncOptions { Serializer = new Broken() };
        var write = Assert.Throws<PayloadException>(() => PayloadSerializers.Create<int>(options).Write(1));
        Assert.Equal("could not be written by Broken", write.Message);
        Assert.IsType<InvalidCastException>(write.InnerException);
        Assert.Equal("could not be read by Broken", Assert.Throws<PayloadException>(() => PayloadSerializers.Create<int>(options).Read(default)).Message);
        Assert.Equal("was read as null by Broken", Assert.Throws<PayloadException>(() => PayloadSerializers.Create<string>(options).Read(default)).Message);
    }

    private sealed class Nested;

    private sealed class Reversing : ISyncSerializer
    {
        public void Serialize<T>(IBufferWriter<byte> writer, T value)
            where T : notnull => writer.Write(Encoding.ASCII.GetBytes([.. ((string)(object)value).Reverse()]));

        public T Deserialize<T>(ReadOnlyMemory<byte> data)
            where T : notnull => (T)(object)new string([.. Encoding.ASCII.GetString(data.Span).Reverse()]);

        public string GetContract(Type type) => $"reversed-{type.Name}";
    }

    private sealed class Broken : ISyncSerializer
    {
        public void Serialize<T>(IBufferWriter<byte> writer, T value)
            where T : notnull => throw new InvalidCastException();

        public T Deserialize<T>(ReadOnlyMemory<byte> data)
            where T : notnull => typeof(T).IsValueType ? throw new InvalidCastException() : default!;
    }
}
