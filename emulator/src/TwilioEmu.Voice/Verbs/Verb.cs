namespace TwilioEmu.Voice.Verbs;

/// <summary>One instruction of a document: immutable, and able to run itself in a context.</summary>
/// <remarks>
/// Loop-confined when it runs. Cancellation means that the call has ended or was sent elsewhere; a verb
/// then leaves the sound of the call as it would find it and throws on.
/// </remarks>
internal abstract record Verb
{
    public abstract Task<Next> RunAsync(VerbContext context, CancellationToken cancellation);
}
