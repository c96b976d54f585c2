using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Voice.Verbs;
using TwilioEmu.Webhooks.Documents;

namespace TwilioEmu.Voice.Documents;

/// <summary>A document ready to run, and where it came from.</summary>
/// <param name="Request">What asked for it.</param>
/// <param name="Base">Where it came from after redirects; null for inline TwiML, which has no place.</param>
/// <param name="Verbs">In document order.</param>
/// <param name="Entry">Seq of the entry that brought it.</param>
internal sealed record VoiceDocument(DocumentRequest Request, Uri? Base, ImmutableArray<Verb> Verbs, long Entry)
{
    private DocumentPlace Place => new((Request as DocumentRequest.Fetch)?.Url, Base);

    /// <inheritdoc cref="DocumentPlace.Self"/>
    public string? Self => Place.Self;

    /// <inheritdoc cref="DocumentPlace.TryResolve"/>
    public bool TryResolve(string url, [NotNullWhen(true)] out string? absolute) => Place.TryResolve(url, out absolute);

    /// <inheritdoc cref="DocumentPlace.WhyUnresolved"/>
    public string WhyUnresolved(string? url) => Place.WhyUnresolved(url);
}
