using System.Reflection;
using System.Reflection.Emit;

namespace Sync.Net.Tests.HouseRules;

/// <summary>Which types a type uses: in its signatures, in its attributes' place not, and in the code of its methods.</summary>
internal static class TypeUses
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>The types used by <paramref name="type"/>, itself and generic shells left out.</summary>
    public static HashSet<Type> Of(Type type)
    {
        HashSet<Type> uses = [];
        Add(uses, type.BaseType);
        foreach (Type implemented in type.GetInterfaces()) Add(uses, implemented);
        foreach (FieldInfo field in type.GetFields(Declared)) Add(uses, field.FieldType);
        foreach (MethodBase method in type.GetMethods(Declared)) AddMethod(uses, method);
        foreach (ConstructorInfo constructor in type.GetConstructors(Declared)) AddMethod(uses, constructor);
        uses.Remove(type);
        return uses;
    }

    private static void AddMethod(HashSet<Type> uses, MethodBase method)
    {
        foreach (ParameterInfo parameter in method.GetParameters()) Add(uses, parameter.ParameterType);
        if (method is MethodInfo { ReturnType: { } returned }) Add(uses, returned);
        if (method.GetMethodBody() is not { } body) return;
        foreach (LocalVariableInfo local in body.LocalVariables) Add(uses, local.LocalType);
        foreach (int token in TokensIn(body.GetILAsByteArray()!)) AddMember(uses, method, token);
    }

    private static void AddMember(HashSet<Type> uses, MethodBase method, int token)
    {
        Type[] ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : [];
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        switch (method.Module.ResolveMember(token, ofType, ofMethod))
        {
            case Type type:
                Add(uses, type);
                break;
            case FieldInfo field:
                Add(uses, field.DeclaringType);
                Add(uses, field.FieldType);
                break;
            case MethodBase called:
                Add(uses, called.DeclaringType);
                if (called.IsGenericMethod) Array.ForEach(called.GetGenericArguments(), argument => Add(uses, argument));
                break;
        }
    }

    private static void Add(HashSet<Type> uses, Type? type)
    {
        if (type is null || type.IsGenericParameter) return;
        if (type.HasElementType)
        {
            Add(uses, type.GetElementType());
            return;
        }

        if (type.IsGenericType)
        {
            foreach (Type argument in type.GetGenericArguments()) Add(uses, argument);
            type = type.GetGenericTypeDefinition();
        }

        uses.Add(type);
    }

    /// <summary>The metadata tokens of types, fields and methods in a method's code.</summary>
    private static IEnumerable<int> TokensIn(byte[] code)
    {
        for (int at = 0; at < code.Length;)
        {
            OpCode op = code[at] == 0xFE ? OpCodeTable.Long[code[at + 1]] : OpCodeTable.Short[code[at]];
            at += op.Size;
            if (op.OperandType is OperandType.InlineType or OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok)
                yield return BitConverter.ToInt32(code, at);
            at += OpCodeTable.OperandSize(op, code, at);
        }
    }
}
