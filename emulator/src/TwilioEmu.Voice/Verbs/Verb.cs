namespace TwilioEmu.Voice.Verbs;

/// <summary>One instruction of a document: immutable, and able to run itself in a context.</summary>
/// <remarks>
/// Loop-confined when it runs. Cancellation means that the call has ended or was sent elsewhere; a verb
/// then leaves the sound of the call as it would find it, and throws on or says that it was <see cref="Next.CutShort"/>.
/// </remarks>
internal abstract record Verb
{
    public abstract Task<Next> RunAsync(VerbContext context, CancellationToken cancellation);

    /// <summary>The same, for whoever takes an exception for an end.</summary>
    /// <exception cref="OperationCanceledException">It was cut short.</exception>
    public async Task<Next> RunThroughAsync(VerbContext context, CancellationToken cancellation) =>
        await RunAsync(context, cancellation) is var next and not Next.CutShort ? next : throw new OperationCanceledException(cancellation);
}
