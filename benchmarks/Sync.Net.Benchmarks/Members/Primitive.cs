namespace Sync.Net.Benchmarks.Members;

internal enum Primitive
{
    Barrier,
    Data,
}
