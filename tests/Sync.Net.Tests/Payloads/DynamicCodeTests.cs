using System.Buffers;
using Sync.Net.Payloads;

namespace Sync.Net.Tests.Payloads;

// The switch belongs to the whole process, so nothing else may run meanwhile.
[CollectionDefinition(nameof(DynamicCodeTests), DisableParallelization = true)]
[Collection(nameof(DynamicCodeTests))]
public sealed class DynamicCodeTests
{
    [Fact]
    public void WithoutDynamicCode_OnlyRawTypesWork()
    {
        const string Switch = "Sync.Net.MessagePackPayloads";
        AppContext.SetSwitch(Switch, false);
        try
        {
            Assert.Equal(
                "SyncData<List<PublicRecord>> needs code made at run time, which this program does not allow (native AOT or trimming): "
                + "set SyncOptions.Serializer, or exchange byte[] or string.",
                Assert.Throws<NotSupportedException>(() => PayloadSerializers.Create<List<PublicRecord>>(new SyncOptions())).Message);
            Assert.Equal("x", PayloadSerializers.Create<string>(new SyncOptions()).Read("x"u8.ToArray()));
            Assert.Equal([1], PayloadSerializers.Create<byte[]>(new SyncOptions()).Read(new byte[] { 1 }));
            Assert.NotNull(PayloadSerializers.Create<List<PublicRecord>>(new SyncOptions { Serializer = new Unused() }));
        }
        finally
        {
            AppContext.SetSwitch(Switch, true);
        }
    }

    private sealed class Unused : ISyncSerializer
    {
        public void Serialize<T>(IBufferWriter<byte> writer, T value)
            where T : notnull => throw new NotSupportedException();

        public T Deserialize<T>(ReadOnlyMemory<byte> data)
            where T : notnull => throw new NotSupportedException();
    }
}
