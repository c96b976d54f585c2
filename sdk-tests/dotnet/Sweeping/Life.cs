using Newtonsoft.Json;
using Twilio.Exceptions;

namespace Strangers.Sweeping;

/// <summary>One class: what was done with it, and what went wrong.</summary>
/// <param name="kind">The class.</param>
/// <param name="seen">The request sent last.</param>
internal sealed class Life(Kind kind, Func<string> seen)
{
    public Kind Kind => kind;

    public HashSet<string> Done { get; } = [];

    public List<(string Verb, string Says, string Request)> Faults { get; } = [];

    /// <summary>Values given and shown in the answer.</summary>
    public int Shown { get; set; }

    /// <summary>Nobody makes or lists one.</summary>
    public bool HasNobody { get; set; }

    /// <summary>Does one thing; an error becomes a fault with the request that led to it.</summary>
    public T? Attempt<T>(string verb, Func<T?> act)
    {
        try
        {
            var answer = act();
            Done.Add(verb);
            return answer;
        }
        catch (ApiException refused)
        {
            Fault(verb, $"{refused.Status}/{refused.Code} {refused.Message}");
        }
        catch (Exception fault) when (fault is TwilioException or JsonException or InvalidOperationException or NullReferenceException or ArgumentException or FormatException or InvalidCastException)
        {
            Fault(verb, $"{fault.GetType().Name} {fault.Message}");
        }
        return default;
    }

    public void Fault(string verb, string says) => Faults.Add((verb, says, seen()));
}
