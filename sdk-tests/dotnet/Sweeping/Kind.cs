using System.Reflection;
using Twilio.Base;
using Twilio.Clients;

namespace Strangers.Sweeping;

/// <summary>One resource class of the SDK, and what its static methods take.</summary>
internal sealed class Kind
{
    private const string Root = "Twilio.Rest.";

    private readonly Type _type;

    private Kind(Type type)
    {
        _type = type;
        Path = Names.PlainPath($"{type.Namespace![Root.Length..]}.{type.Name[..^"Resource".Length]}");
        Says = $"{type.Namespace![Root.Length..]}.{type.Name[..^"Resource".Length]}";
    }

    /// <summary><c>api.v2010.account.call</c></summary>
    public string Path { get; }

    /// <summary><c>Api.V2010.Account.Call</c></summary>
    public string Says { get; }

    public string Product => Path[..Path.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>All of them, those that others lie below first.</summary>
    public static IReadOnlyList<Kind> All { get; } =
    [
        .. typeof(Twilio.TwilioClient).Assembly.GetTypes()
            .Where(t => t.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true && t.IsSubclassOf(typeof(Resource)) && t.Name.EndsWith("Resource", StringComparison.Ordinal))
            .Select(t => new Kind(t)).OrderBy(k => k.Path, StringComparer.Ordinal),
    ];

    /// <summary>The options of <c>Create</c>, <c>Fetch</c>, <c>Read</c>, <c>Update</c> or <c>Delete</c>; null where there is no such method.</summary>
    public Type? OptionsOf(string verb) => MethodOf(verb)?.GetParameters()[0].ParameterType;

    /// <summary>Calls one; throws what the SDK throws.</summary>
    public object? Call(string verb, object options, ITwilioRestClient client)
    {
        try
        {
            return MethodOf(verb)!.Invoke(null, [options, client]);
        }
        catch (TargetInvocationException wrapped) when (wrapped.InnerException is { } fault)
        {
            throw fault;
        }
    }

    private MethodInfo? MethodOf(string verb) => _type.GetMethods(BindingFlags.Public | BindingFlags.Static)
        .FirstOrDefault(m => m.Name == verb && m.GetParameters() is [{ } options, { } client] && options.ParameterType.Name == $"{verb}{_type.Name[..^"Resource".Length]}Options"
            && client.ParameterType == typeof(ITwilioRestClient));
}
