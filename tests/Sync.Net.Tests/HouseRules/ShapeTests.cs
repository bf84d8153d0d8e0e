using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Sync.Net.Tests.HouseRules;

/// <summary>What every type, log message and awaitable of the library looks like.</summary>
public sealed class ShapeTests
{
    private static IEnumerable<MethodInfo> PublicMethods => Library.Types
        .Where(type => type.IsPublic)
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly));

    [Fact]
    public void PublicTypes_AreThoseOfTheRootNamespace()
    {
        Type[] topLevel = [.. Library.Written.Where(type => !type.IsNested)];

        Assert.DoesNotContain(topLevel, type => type.IsPublic && type.Namespace != Library.Root);
        Assert.DoesNotContain(topLevel, type => !type.IsPublic && type.Namespace == Library.Root);
    }

    [Fact]
    public void PublicTypes_HaveNoNameThatBindsToTheNamespace() =>
        Assert.DoesNotContain(Library.Types, type => type.IsPublic && type.Name is "Sync" or "Net");

    [Fact]
    public void Classes_AreSealedUnlessAnotherDerivesFromThem()
    {
        HashSet<Type> bases = [.. Library.Types.Select(type => type.BaseType).OfType<Type>().Select(Definition)];

        Assert.DoesNotContain(Library.Written, type => type.IsClass && !type.IsSealed && !type.IsAbstract && !bases.Contains(Definition(type)));
    }

    [Fact]
    public void LogMessages_HaveUniqueEventIds()
    {
        var messages = (from type in Library.Types
                        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                        let message = method.GetCustomAttribute<LoggerMessageAttribute>()
                        where message is not null
                        select (message.EventId, Method: $"{type}.{method.Name}")).Distinct().ToArray();

        Assert.NotEmpty(messages);
        Assert.Empty(messages.GroupBy(m => m.EventId).Where(same => same.Key <= 0 || same.Count() > 1).SelectMany(same => same));
    }

    [Fact]
    public void Loggers_AreUsedThroughLogMessagesOnly()
    {
        string[] faults =
        [
            .. from type in Library.Types
               where TypeUses.Of(type).Contains(typeof(LoggerExtensions))
               select type.FullName,
        ];

        Assert.Empty(faults);
    }

    [Fact]
    public void AwaitableMethods_EndInAsyncAndHaveAFormThatEndsInAToken()
    {
        MethodInfo[] awaitables = [.. PublicMethods.Where(method => typeof(Task).IsAssignableFrom(method.ReturnType) && !method.IsSpecialName)];

        Assert.NotEmpty(awaitables);
        Assert.All(awaitables, method => Assert.EndsWith("Async", method.Name, StringComparison.Ordinal));
        Assert.Empty(awaitables
            .GroupBy(method => (method.DeclaringType, method.Name))
            .Where(forms => !forms.Any(EndsInToken))
            .Select(forms => forms.Key));
    }

    private static bool EndsInToken(MethodInfo method) => method.GetParameters() is [.., { } last] && last.ParameterType == typeof(CancellationToken);

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;
}
