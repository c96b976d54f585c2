using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using TwilioEmu.Composition;

namespace TwilioEmu.Tests.State;

/// <summary>A field that holds a collection which can be changed.</summary>
/// <param name="Project">Without <c>TwilioEmu</c>: <c>Voice</c>; of the executable empty.</param>
/// <param name="Type">Project, folder and name: <c>Voice.Calls.CallBook</c>.</param>
/// <param name="Field">Its name.</param>
/// <param name="Holds">What it is.</param>
internal sealed record Keeping(string Project, string Type, string Field, string Holds)
{
    public override string ToString() => $"{Type}.{Field}: {Holds}";
}

/// <summary>Finds, in the assemblies that a house is made of, who keeps a collection that can be changed (reflection).</summary>
internal static class Keepings
{
    private const string Ours = "TwilioEmu";
    private const BindingFlags Own =
        BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly HashSet<Type> Mutable =
    [
        typeof(Dictionary<,>), typeof(List<>), typeof(HashSet<>), typeof(Queue<>), typeof(Stack<>), typeof(SortedDictionary<,>),
        typeof(SortedList<,>), typeof(SortedSet<>),
        typeof(LinkedList<>), typeof(PriorityQueue<,>), typeof(OrderedDictionary<,>), typeof(ConcurrentDictionary<,>),
        typeof(ConcurrentQueue<>), typeof(ConcurrentStack<>), typeof(ConcurrentBag<>),
        typeof(ConditionalWeakTable<,>), typeof(Channel<>), typeof(Channel<,>), typeof(IDictionary<,>), typeof(ICollection<>),
        typeof(IList<>), typeof(ISet<>),
    ];

    /// <summary>Every one, once a field.</summary>
    public static IEnumerable<Keeping> OfHouse() =>
        from assembly in Assemblies()
        let project = assembly == typeof(House).Assembly ? "" : assembly.GetName().Name![(Ours.Length + 1)..]
        from type in assembly.GetTypes()
        where !IsMadeByCompiler(type)
        from field in type.GetFields(Own)
        where !(field.IsStatic && (field.IsInitOnly || field.IsLiteral)) && IsMutable(field.FieldType)
        select new Keeping(project, NameOf(type), field.Name, Spell(field.FieldType));

    /// <summary>What the methods of a type, and the closures in them, call: <c>World.Project</c>.</summary>
    public static IReadOnlySet<string> CallsOf(string type)
    {
        var found = Assemblies().SelectMany(a => a.GetTypes()).Where(t => !IsMadeByCompiler(t) && NameOf(t) == type).ToList();
        if (found.Count == 0) throw new ArgumentException($"there is no type {type}", nameof(type));
        var calls = new HashSet<string>(StringComparer.Ordinal);
        foreach (var each in found.SelectMany(t => t.GetNestedTypes(BindingFlags.NonPublic | BindingFlags.Public).Prepend(t)))
        {
            foreach (var method in each.GetMethods(Own).Concat<MethodBase>(each.GetConstructors(Own))) AddCalls(method, calls);
        }
        return calls;
    }

    private static IReadOnlyList<Assembly> Assemblies()
    {
        var all = new List<Assembly> { typeof(House).Assembly };
        for (var i = 0; i < all.Count; i++)
        {
            foreach (var name in all[i].GetReferencedAssemblies()
                .Where(n => n.Name!.StartsWith(Ours, StringComparison.Ordinal) && all.All(a => a.GetName().Name != n.Name)))
            {
                all.Add(Assembly.Load(name));
            }
        }
        return all;
    }

    // Every call is an opcode and the method's token; a token read where none stands names
    // no method of ours, or one that is called anyway (ECMA-335, III.3.19 and III.4.2).
    private static void AddCalls(MethodBase method, HashSet<string> calls)
    {
        const byte Call = 0x28;
        const byte CallVirtual = 0x6F;
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code) return;
        for (var i = 0; i + sizeof(int) < code.Length; i++)
        {
            if (code[i] is not (Call or CallVirtual)) continue;
            try
            {
                var called = method.Module.ResolveMethod(
                    BitConverter.ToInt32(code, i + 1), method.DeclaringType?.GetGenericArguments(),
                    method.IsGenericMethod ? method.GetGenericArguments() : null);
                if (called?.DeclaringType is { } owner)
                {
                    calls.Add($"{owner.Name}.{called.Name.Replace("get_", "", StringComparison.Ordinal)}");
                }
            }
            catch (ArgumentException)
            {
                // No token stood there.
            }
        }
    }

    private static bool IsMutable(Type type) => type.IsGenericType && Mutable.Contains(type.GetGenericTypeDefinition());

    // Closures and state machines live as long as what runs them.
    private static bool IsMadeByCompiler(Type type) =>
        type.Name.Contains('<', StringComparison.Ordinal) || (type.DeclaringType is { } outer && IsMadeByCompiler(outer));

    private static string NameOf(Type type)
    {
        var whole = (type.FullName ?? type.Name).Replace('+', '.').Split('`')[0];
        return whole.StartsWith(Ours + ".", StringComparison.Ordinal) ? whole[(Ours.Length + 1)..] : whole;
    }

    private static string Spell(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Spell))}>" : type.Name;
}
