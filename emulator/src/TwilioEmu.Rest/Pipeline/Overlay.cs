namespace TwilioEmu.Rest.Pipeline;

/// <summary>What an operation of stored resources does beyond keeping them: one turn on the loop.</summary>
/// <param name="request">What was asked.</param>
/// <param name="stored">Keeps, shows, lists, changes and deletes, as it would without the
/// overlay. Members of <see cref="RestRequest.Json"/> set properties beside the form's.</param>
public delegate Answer Overlay(RestRequest request, Behaviour stored);

/// <summary>Paths that lead to what lies on another path: a default service's resources without the service's name.</summary>
/// <param name="Elsewhere">The request as it would be asked there; null where it is not taken. One turn on the loop.</param>
/// <param name="Back">The other request's answer as the first one's.</param>
public sealed record Detour(Func<RestRequest, RestRequest?> Elsewhere, Func<RestRequest, RestRequest, Answer, Answer> Back);
