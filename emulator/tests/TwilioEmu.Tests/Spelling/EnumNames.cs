using System.Reflection;
using System.Reflection.Emit;

namespace TwilioEmu.Tests.Spelling;

/// <summary>
/// Finds where code makes text of an enum by its C# name: <c>ToString()</c>, an
/// interpolated hole, a name asked of <see cref="Enum"/> (IL scan).
/// </summary>
internal static class EnumNames
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    /// <summary>
    /// The enums that an assembly spells by their C# names, each as <c>Type.Method:
    /// Enum</c>; lambdas and state machines under the type they stand in.
    /// </summary>
    public static IEnumerable<string> In(Assembly assembly) => assembly.GetTypes()
        .SelectMany(type => type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)))
        .SelectMany(method => In(method).Select(e => $"{PlaceOf(method)}: {e.Name}"))
        .Distinct();

    private static IEnumerable<Type> In(MethodBase method)
    {
        // The compiler's own, of every record: debuggers and failed tests read it.
        if (method.Name == "PrintMembers") yield break;
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il) yield break;
        Type? constrained = null;
        foreach (var (code, token) in Read(il))
        {
            if (code == OpCodes.Constrained)
            {
                constrained = Resolve(() => method.Module.ResolveType(token, TypeArguments(method), MethodArguments(method)));
                continue;
            }
            if (code.OperandType == OperandType.InlineMethod
                && Resolve(() => method.Module.ResolveMethod(token, TypeArguments(method), MethodArguments(method))) is { } called)
            {
                if (called.Name == nameof(ToString) && constrained is { IsEnum: true }) yield return constrained;
                if (called is { Name: "AppendFormatted", IsGenericMethod: true }
                    && called.GetGenericArguments()[0] is { IsEnum: true } hole)
                {
                    yield return hole;
                }
                if (called.DeclaringType == typeof(Enum) && called is { Name: "GetName", IsGenericMethod: true }
                    && called.GetGenericArguments()[0] is { IsEnum: true } named)
                {
                    yield return named;
                }
            }
            constrained = null;
        }
    }

    private static IEnumerable<(OpCode Code, int Token)> Read(byte[] il)
    {
        for (var at = 0; at < il.Length;)
        {
            var value = il[at] == 0xFE ? unchecked((short)(0xFE00 | il[at + 1])) : il[at];
            var code = Codes[value];
            at += code.Size;
            var token = code.OperandType is OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineTok
                ? BitConverter.ToInt32(il, at)
                : 0;
            yield return (code, token);
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }
    }

    private static string PlaceOf(MethodBase method)
    {
        var type = method.DeclaringType!;
        while (type.DeclaringType is not null && type.Name.Contains('<', StringComparison.Ordinal)) type = type.DeclaringType;
        return type.Name;
    }

    private static Type[]? TypeArguments(MethodBase method) =>
        method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;

    private static Type[]? MethodArguments(MethodBase method) => method.IsGenericMethod ? method.GetGenericArguments() : null;

    private static T? Resolve<T>(Func<T?> resolve)
        where T : class
    {
        try
        {
            return resolve();
        }
        catch (Exception odd) when (odd is ArgumentException or TypeLoadException or BadImageFormatException or FileNotFoundException)
        {
            return null;
        }
    }
}
