using MessagePack;
using Sync.Net.Payloads;

namespace Sync.Net.Tests.Payloads;

public sealed class PayloadRoundTripTests
{
    [Fact]
    public void Numbers_RoundTrip()
    {
        RoundTrips(0);
        RoundTrips(int.MinValue);
        RoundTrips(ulong.MaxValue);
        RoundTrips(3.5);
        RoundTrips(true);
        RoundTrips('x');
        RoundTrips(12.34m);
        RoundTrips(DayOfWeek.Friday);
        RoundTrips(Guid.NewGuid());
        RoundTrips(TimeSpan.FromTicks(7));
        RoundTrips(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)));
    }

    [Fact]
    public void Strings_RoundTrip()
    {
        RoundTrips("");
        RoundTrips("grün 😀 \0");
        RoundTrips(new string('x', 1 << 20));
    }

    [Fact]
    public void Tuples_RoundTrip()
    {
        RoundTrips(("a", 1));
        RoundTrips((1, 2L, "c", (4.0, true)));
        RoundTrips(Tuple.Create("a", 2));
        RoundTrips(KeyValuePair.Create("a", 2));
    }

    [Fact]
    public void Lists_RoundTrip()
    {
        RoundTrips<int[]>([1, 2, 3]);
        RoundTrips<List<string>>(["a", "b"]);
        RoundTrips<List<List<int>>>([[1], [], [2, 3]]);
        RoundTrips<IReadOnlyList<string>>(["a"]);
        RoundTrips<HashSet<int>>([1, 2]);
        RoundTrips<int?[]>([1, null]);
    }

    [Fact]
    public void Dictionaries_RoundTrip()
    {
        RoundTrips(new Dictionary<string, int> { ["a"] = 1 });
        RoundTrips(new Dictionary<int, List<string>> { [1] = ["x"] });
        RoundTrips<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["k"] = "v" });
    }

    [Fact]
    public void Records_RoundTrip()
    {
        RoundTrips(new PublicRecord("10.0.0.1", 80, null));
        RoundTrips(new PublicStruct(1, "b"));
        RoundTrips(new KeyedRecord { A = 1, B = "b" });
        RoundTrips(new NestedRecord(new PublicRecord("a", 1, "x"), [new PublicStruct(1, "y")]), Describe);
    }

    [Fact]
    public void InternalRecords_RoundTrip()
    {
        RoundTrips(new InternalRecord("10.0.0.1", 80));
        RoundTrips<List<InternalRecord>>([new("a", 1), new("b", 2)]);
        RoundTrips<InternalRecord[]>([new("a", 1)]);
        RoundTrips(new Dictionary<string, InternalRecord> { ["x"] = new("a", 1) });
        RoundTrips((new InternalRecord("a", 1), 2));
        RoundTrips(new InternalSetters { Name = "n", Inner = new InternalRecord("a", 1) }, x => $"{x.Name} {x.Inner}");
        RoundTrips(new PrivateRecord("p"));
        RoundTrips(new InternalStruct(5));
        RoundTrips(InternalKind.Second);
    }

    [Fact]
    public void Bytes_TravelAsTheyAre()
    {
        byte[] megabyte = new byte[1 << 20];
        new Random(1).NextBytes(megabyte);
        PayloadSerializer<byte[]> arrays = Create<byte[]>();
        ReadOnlyMemory<byte> written = arrays.Write(megabyte);
        Assert.Equal(megabyte, written.ToArray());
        Assert.Equal(megabyte, arrays.Read(written));
        Assert.Empty(arrays.Read(arrays.Write([])));

        PayloadSerializer<ReadOnlyMemory<byte>> memory = Create<ReadOnlyMemory<byte>>();
        Assert.Equal(megabyte, memory.Read(memory.Write(megabyte)).ToArray());
        Assert.Equal("bytes", arrays.Contract);
        Assert.Equal("bytes", memory.Contract);
    }

    [Fact]
    public void Bytes_ChangedAfterwards_KeepWhatWasGiven()
    {
        byte[] value = [1, 2];
        ReadOnlyMemory<byte> written = Create<byte[]>().Write(value);
        value[0] = 9;
        Assert.Equal([1, 2], written.ToArray());
    }

    [Fact]
    public void String_IsItsUtf8() => Assert.Equal("grün"u8.ToArray(), Create<string>().Write("grün").ToArray());

    [Fact]
    public void NestedBytes_OfOneMebibyte_RoundTrip() =>
        RoundTrips(new Dictionary<string, byte[]> { ["x"] = new byte[1 << 20] }, x => $"{x["x"].Length}");

    [Fact]
    public void LocalDateTime_ComesBackAsTheSameInstantInUtc()
    {
        // Documented on SyncData<T>.
        var local = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Local);
        DateTime read = Create<DateTime>().Read(Create<DateTime>().Write(local));
        Assert.Equal(DateTimeKind.Utc, read.Kind);
        Assert.Equal(local.ToUniversalTime(), read);
    }

    [Fact]
    public void Object_ComesBackAsPlainValues()
    {
        PayloadSerializer<Dictionary<string, object>> objects = Create<Dictionary<string, object>>();
        Dictionary<string, object> read = objects.Read(objects.Write(new() { ["n"] = 1, ["s"] = "x", ["l"] = new[] { 1, 2 }, ["r"] = new PublicStruct(1, "y") }));
        Assert.Equal("x", read["s"]);
        Assert.Equal(2, Assert.IsType<object[]>(read["l"]).Length);
        Assert.Equal("y", Assert.IsType<Dictionary<object, object>>(read["r"])["B"]);
    }

    [Fact]
    public void CallersOptions_AreHonoured()
    {
        var options = new SyncOptions { MessagePackOptions = MessagePackSerializerOptions.Standard.WithCompression(MessagePackCompression.Lz4BlockArray) };
        PayloadSerializer<List<string>> compressed = PayloadSerializers.Create<List<string>>(options);
        List<string> value = [.. Enumerable.Repeat("the same again", 1000)];
        ReadOnlyMemory<byte> written = compressed.Write(value);
        Assert.True(written.Length < 2000, $"{written.Length} bytes");
        Assert.Equal(value, compressed.Read(written));
        // The standard resolver asks for attributes.
        Assert.Throws<PayloadException>(() => PayloadSerializers.Create<PublicRecord>(options).Write(new("a", 1, null)));
    }

    private static PayloadSerializer<T> Create<T>()
        where T : notnull => PayloadSerializers.Create<T>(new SyncOptions());

    private static void RoundTrips<T>(T value)
        where T : notnull => Assert.Equal(value, Create<T>().Read(Create<T>().Write(value)));

    private static void RoundTrips<T>(T value, Func<T, string> describe)
        where T : notnull => Assert.Equal(describe(value), describe(Create<T>().Read(Create<T>().Write(value))));

    private static string Describe(NestedRecord record) => $"{record.One} {string.Join(",", record.Many)}";

    private sealed record PrivateRecord(string Name);
}

public sealed record PublicRecord(string Ip, int Port, string? Note);

public readonly record struct PublicStruct(int A, string B);

public sealed record NestedRecord(PublicRecord One, IReadOnlyList<PublicStruct> Many);

[MessagePackObject]
public sealed record KeyedRecord
{
    [Key(0)]
    public int A { get; init; }

    [Key(1)]
    public string? B { get; init; }
}

internal sealed record InternalRecord(string Ip, int Port);

internal readonly record struct InternalStruct(int A);

internal enum InternalKind
{
    First,
    Second,
}

internal sealed class InternalSetters
{
    public string? Name { get; set; }

    public InternalRecord? Inner { get; set; }
}
