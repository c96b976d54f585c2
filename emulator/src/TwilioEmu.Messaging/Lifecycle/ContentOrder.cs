using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Messaging.Lifecycle;

/// <summary>The template a message is made of, and what stands where the template has room for it.</summary>
/// <param name="Sid"><c>HX</c> and 32 hex digits.</param>
/// <param name="Variables">Values by name; what is not among them has the template's own value.</param>
public sealed record ContentOrder(string Sid, IReadOnlyDictionary<string, string> Variables)
{
    internal static ContentOrder Walk(ContentOrder? r, Members m) => new(m.Text("content_sid", r?.Sid), m.Map("variables", r?.Variables));
}
