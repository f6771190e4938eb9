// Starts the page at /docs. The token that "Authorize" takes stays in this browser tab's memory.
window.ui = SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  layout: "BaseLayout",
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset],
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  persistAuthorization: false,
  displayRequestDuration: true,
  syntaxHighlight: { activated: true },
  validatorUrl: null,
});
