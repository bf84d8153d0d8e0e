using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessagePack;
using MessagePack.Formatters;
using MessagePack.Resolvers;
using Sync.Net.Payloads;

namespace Sync.Net.Tests.Payloads;

public sealed class HostilePayloadTests
{
    private const string Secret = "hunter2";

    [Fact]
    public void Read_LeftOverBytes_IsRefused() => Assert.Equal(
        "could not be read as Int32 (2 bytes are left over)",
        Assert.Throws<PayloadException>(() => Create<int>().Read(new byte[] { 1, 2, 3 })).Message);

    [Fact]
    public void Read_Nil_IsRefused()
    {
        Assert.Equal("is nil, not PublicRecord", Assert.Throws<PayloadException>(() => Create<PublicRecord>().Read(new byte[] { 0xC0 })).Message);
        Assert.Equal(
            "is nil, not List<string>", Assert.Throws<PayloadException>(() => Create<List<string>>().Read(new byte[] { 0xC0 })).Message);
        Assert.Throws<PayloadException>(() => Create<int>().Read(new byte[] { 0xC0 }));
        Assert.Throws<PayloadException>(() => Create<PublicStruct>().Read(new byte[] { 0xC0 }));
    }

    [Fact]
    public void Read_Nothing_IsRefused() => Assert.Throws<PayloadException>(() => Create<int>().Read(default));

    [Fact]
    public void Read_OtherShape_SaysWhatWasMetButNotTheData()
    {
        byte[] bytes = MessagePackSerializer.Serialize(Secret, cancellationToken: TestContext.Current.CancellationToken);
        var e = Assert.Throws<PayloadException>(() => Create<int>().Read(bytes));
        Assert.Equal("could not be read as Int32 (Unexpected msgpack code 167 (fixstr) encountered)", e.Message);
        AssertSilent(e);
    }

    [Fact]
    public void Read_TextThatDoesNotParse_IsNotShown()
    {
        foreach (Func<ReadOnlyMemory<byte>, object> read in (Func<ReadOnlyMemory<byte>, object>[])
            [d => Create<decimal>().Read(d), d => Create<Guid>().Read(d), d => Create<Version>().Read(d), d => Create<Uri>().Read(d)])
        {
            byte[] bytes = MessagePackSerializer.Serialize($"http://[{Secret}", cancellationToken: TestContext.Current.CancellationToken);
            AssertSilent(Assert.Throws<PayloadException>(() => read(bytes)));
        }
    }

    [Theory]
    [InlineData("DD7FFFFFFF")] // An array of 2³¹ elements.
    [InlineData("DF7FFFFFFF")] // A map of as many.
    [InlineData("DC")] // Cut within the header.
    [InlineData("9301")] // Cut within the array.
    [InlineData("C1")] // Never used.
    public void Read_Malformed_IsRefusedWithoutAllocating(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<PayloadException>(() => Create<List<int>>().Read(bytes));
        Assert.Throws<PayloadException>(() => Create<Dictionary<string, string>>().Read(bytes));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20);
    }

    [Fact]
    public void Read_DeepNesting_IsRefused()
    {
        byte[] bytes = new byte[100_000];
        Array.Fill(bytes, (byte)0x91);
        Assert.Throws<PayloadException>(() => Create<object[]>().Read(bytes));
        Assert.Throws<PayloadException>(() => Create<object>().Read(bytes));
    }

    [Fact]
    public void Create_JsonTypes_AreRefused()
    {
        const string Text = "does not travel: exchange its text as a string.";
        Assert.EndsWith(Text, Assert.Throws<NotSupportedException>(Create<JsonElement>).Message, StringComparison.Ordinal);
        Assert.EndsWith(Text, Assert.Throws<NotSupportedException>(Create<JsonDocument>).Message, StringComparison.Ordinal);
        Assert.EndsWith(Text, Assert.Throws<NotSupportedException>(Create<JsonObject>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_JsonAnywhere_IsRefused()
    {
        JsonElement element = JsonDocument.Parse("{\"a\":1}").RootElement;
        Refused<List<JsonElement>>([element]);
        Refused(new Dictionary<string, JsonElement> { ["a"] = element });
        Refused(new WithJson("a", element));
        Refused(new WithNode(null));
        Refused(("a", element));
        Refused<object[]>([element]);
        Refused<object[]>([new List<object> { JsonValue.Create(1) }]);
        Refused<List<InternalWithJson>>([new InternalWithJson(element)]);
        Refused(new WithObject(element));
    }

    [Fact]
    public void Read_JsonAnywhere_IsRefused()
    {
        Assert.Contains("JsonElement does not travel", Assert.Throws<PayloadException>(
            () => Create<List<JsonElement>>().Read(new byte[] { 0x91, 0x80 })).Message, StringComparison.Ordinal);
        Assert.Contains("JsonElement does not travel", Assert.Throws<PayloadException>(
            () => Create<WithJson>().Read(Convert.FromHexString("82A141A161A142A0"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TypeAnywhere_IsNeitherWrittenNorResolved()
    {
        Assert.Throws<NotSupportedException>(Create<Type>);
        Refused<List<Type>>([typeof(int)]);
        Refused<object[]>([typeof(int)]);
        byte[] bytes = MessagePackSerializer.Serialize(
            new[] { typeof(HostilePayloadTests).AssemblyQualifiedName }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("does not travel", Assert.Throws<PayloadException>(() => Create<List<Type>>().Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Typeless_IsRefused()
    {
        var options = new SyncOptions { MessagePackOptions = TypelessContractlessStandardResolver.Options };
        var e = Assert.Throws<ArgumentException>(() => PayloadSerializers.Create<List<object>>(options));
        Assert.Contains("typeless", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Typeless_ByAttribute_LoadsNothing()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        MessagePackSerializerOptions trusting = ContractlessStandardResolver.Options;
        byte[] bytes = MessagePackSerializer.Serialize(new WithTypeless { Any = new PublicRecord("a", 1, null) }, trusting, cancellationToken);
        Assert.IsType<PublicRecord>(MessagePackSerializer.Deserialize<WithTypeless>(bytes, trusting, cancellationToken).Any);
        Assert.Throws<PayloadException>(() => Create<WithTypeless>().Read(bytes));
    }

    [Fact]
    public void Write_PropertyThatThrows_IsNamedByItsType()
    {
        var e = Assert.Throws<PayloadException>(() => Create<Throwing>().Write(new Throwing()));
        Assert.Equal("could not be written as Throwing: FormatException", e.Message);
    }

    [Fact]
    public void Write_TypeWithoutFormatter_SaysWhich()
    {
        var e = Assert.Throws<PayloadException>(() => Create<List<IDisposable>>().Write([new MemoryStream()]));
        Assert.Contains("IDisposable", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TooLarge_SaysWhatToRaise()
    {
        var options = new SyncOptions { Limits = { MaxFrameBytes = 128 * 1024 } };
        Assert.Equal(64 * 1024, PayloadSerializers.Create<byte[]>(options).Write(new byte[64 * 1024]).Length);
        var e = Assert.Throws<PayloadException>(() => PayloadSerializers.Create<byte[]>(options).Write(new byte[64 * 1024 + 1]));
        Assert.Equal("has 65537 bytes, and at most 65536 are allowed", e.Message);
        Assert.Contains("SyncLimits.MaxFrameBytes", e.Hint, StringComparison.Ordinal);
        Assert.Throws<PayloadException>(() => PayloadSerializers.Create<List<byte[]>>(options).Write([new byte[64 * 1024]]));
        Assert.Throws<PayloadException>(() => PayloadSerializers.Create<string>(options).Write(new string('x', 64 * 1024 + 1)));
    }

    private static PayloadSerializer<T> Create<T>()
        where T : notnull => PayloadSerializers.Create<T>(new SyncOptions());

    private static void Refused<T>(T value)
        where T : notnull =>
        Assert.Contains(" does not travel: ", Assert.Throws<PayloadException>(() => Create<T>().Write(value)).Message, StringComparison.Ordinal);

    private static void AssertSilent(Exception e) => Assert.DoesNotContain(Secret, e.ToString(), StringComparison.Ordinal);

    private sealed record InternalWithJson(JsonElement Element);
}

public sealed record WithJson(string A, JsonElement B);

public sealed record WithNode(JsonNode? Node);

public sealed record WithObject(object Any);

[MessagePackObject]
public sealed class WithTypeless
{
    [Key(0)]
    [MessagePackFormatter(typeof(TypelessFormatter))]
    public object? Any { get; set; }
}

public sealed class Throwing
{
    private string _text = "hunter2";

    public string Name
    {
        get => throw new FormatException(_text);
        set => _text = value;
    }
}
